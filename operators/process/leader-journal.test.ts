import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../evidence/index.ts';
import { MemoryJournal } from '../evidence/testing/memory-journal.ts';
import { NotLeadingError } from '../runtime/index.ts';
import { LeaderJournal } from './leader-journal.ts';

const ENTRY: JournalEntry = { kind: 'vote', actor: 'pod/operator-0', body: { granted: true } };

describe('the journal of a process that may come to lead', () => {
  it('is opened once, however many ask for it at the same time', async () => {
    let openings = 0;
    const open = () => {
      openings += 1;
      return Promise.resolve(new MemoryJournal());
    };
    const journal = new LeaderJournal('production', open, () => true);
    const records = await Promise.all([journal.append(ENTRY), journal.append(ENTRY), journal.append(ENTRY)]);
    expect(records.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(openings).toBe(1);
  });

  it('is opened again by whoever comes after a failure', async () => {
    const kept = new MemoryJournal();
    const answers = [() => Promise.reject(new Error('not mounted')), () => Promise.resolve(kept)];
    const journal = new LeaderJournal(
      'production',
      () => answers.shift()?.() ?? expect.unreachable(),
      () => true,
    );
    await expect(Promise.all([journal.append(ENTRY), journal.append(ENTRY)])).rejects.toThrow('not mounted');
    expect(journal.head()).toBeUndefined();
    expect(await journal.append(ENTRY)).toMatchObject({ sequence: 1 });
    expect(journal.head()).toEqual(kept.head());
  });

  it('takes nothing, and is not even opened, while the process does not lead', async () => {
    const journal = new LeaderJournal(
      'production',
      () => expect.unreachable(),
      () => false,
    );
    await expect(journal.append(ENTRY)).rejects.toThrow(NotLeadingError);
  });
});
