import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openJournal } from '../file-journal.ts';
import { recordPath } from '../record-path.ts';
import { makeFolder, THEN, voteEntry } from './journal-folder.ts';
import { MemoryJournal } from './memory-journal.ts';

describe('a journal in memory', () => {
  it('makes the records and heads of the real one, and refuses what that refuses', async () => {
    const folder = makeFolder();
    const memory = new MemoryJournal({ now: () => THEN });
    for (const journal of [memory, await openJournal({ folder, centre: 'production', now: () => THEN })]) {
      await journal.append(voteEntry(1));
      await journal.append(voteEntry(2));
      await expect(journal.append({ ...voteEntry(3), body: { token: 'canary' } })).rejects.toThrow(
        'ZB-EVD-002',
      );
      expect(journal.head()).toMatchObject({ sequence: 2 });
      expect(journal.lastOf('vote', 'uid-1')).toMatchObject({ sequence: 1 });
      expect(journal.latest()).toMatchObject({ sequence: 2, previous: memory.records[1]?.previous });
    }
    expect(memory.records[1]).toEqual(JSON.parse(readFileSync(path.join(folder, recordPath(2)), 'utf8')));
  });

  it('fails once when told to, and has no record of that', async () => {
    const journal = new MemoryJournal();
    journal.failNext = new Error('disk full');
    await expect(journal.append(voteEntry(1))).rejects.toThrow('disk full');
    expect(await journal.append(voteEntry(1))).toMatchObject({ sequence: 1 });
    expect(journal.records).toHaveLength(1);
  });
});
