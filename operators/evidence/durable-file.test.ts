import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDurably, type Disk, realDisk } from './durable-file.ts';
import { UNFINISHED } from './record-path.ts';
import { makeFolder } from './testing/journal-folder.ts';

/** A real disk that notes what is asked of it. */
function noting(folder: string, notes: string[]): Disk {
  const short = (file: string) => path.relative(folder, file).replace(/\.[0-9a-f-]{36}$/, '') || '.';
  return {
    ...realDisk,
    open: async (file, flags, mode) => {
      const handle = await realDisk.open(file, flags, mode);
      return {
        writeFile: (content) => (notes.push(`write ${short(file)}`), handle.writeFile(content)),
        sync: () => (notes.push(`flush ${short(file)}`), handle.sync()),
        close: () => handle.close(),
      };
    },
    link: (existing, file) => (notes.push(`link ${short(file)}`), realDisk.link(existing, file)),
    unlink: (file) => (notes.push(`unlink ${short(file)}`), realDisk.unlink(file)),
  };
}

describe('a file that is created durably', () => {
  it('is flushed before it gets its name, and so are all folders on the way to it afterwards', async () => {
    const folder = makeFolder();
    mkdirSync(path.join(folder, UNFINISHED));
    const notes: string[] = [];
    await createDurably(noting(folder, notes), folder, 'records/000000/a.json', '{}');
    expect(notes).toEqual([
      'write unfinished/a.json',
      'flush unfinished/a.json',
      'link records/000000/a.json',
      'flush records/000000',
      'flush records',
      'flush .',
      'unlink unfinished/a.json',
    ]);
    expect(readFileSync(path.join(folder, 'records/000000/a.json'), 'utf8')).toBe('{}');
  });

  it('never takes the place of another', async () => {
    const folder = makeFolder();
    mkdirSync(path.join(folder, UNFINISHED));
    writeFileSync(path.join(folder, 'a.json'), 'first');
    await expect(createDurably(realDisk, folder, 'a.json', 'second')).rejects.toMatchObject({
      code: 'EEXIST',
    });
    expect(readFileSync(path.join(folder, 'a.json'), 'utf8')).toBe('first');
  });
});
