import { randomUUID } from 'node:crypto';
import * as disk from 'node:fs/promises';
import path from 'node:path';
import { UNFINISHED } from './record-path.ts';

/** What is asked of an open file or folder. */
export interface OpenFile {
  writeFile(content: string): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** What is asked of the file system: a test makes it fail at any step. */
export interface Disk {
  open(file: string, flags: 'r' | 'wx', mode?: number): Promise<OpenFile>;
  link(existing: string, file: string): Promise<void>;
  unlink(file: string): Promise<void>;
  mkdir(folder: string, options: { recursive: true }): Promise<unknown>;
}

/** The file system of this machine. */
export const realDisk: Disk = disk;

/** May be read, and not even by its owner be changed without a thought. */
const READ_ONLY = 0o440;

/**
 * Puts a new file into a journal's folder. It is there whole or not at all, whatever happens meanwhile, and never in the
 * place of another: the content is written and flushed under another name, and linked to its own. Resolves once
 * a power cut cannot take it away any more.
 * @param folder the journal's
 * @param file where, within the folder
 * @throws NodeJS.ErrnoException `EEXIST` when the file is there already; any other when it could not be written. After
 *   another one it may be there all the same, whole: what failed was the flushing of its folder.
 */
export async function createDurably(
  disk: Disk,
  folder: string,
  file: string,
  content: string,
): Promise<void> {
  const unfinished = path.join(folder, UNFINISHED, `${path.basename(file)}.${randomUUID()}`);
  const target = path.join(folder, file);
  try {
    const handle = await disk.open(unfinished, 'wx', READ_ONLY);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await disk.mkdir(path.dirname(target), { recursive: true });
    await disk.link(unfinished, target);
    await flushFolders(disk, folder, path.dirname(file));
  } finally {
    // A leftover is cleared away when the journal is opened; it must not hide why the file was not written.
    await disk.unlink(unfinished).catch(() => undefined);
  }
}

/** Flushes a folder within another and all between them, so that the names in them survive a power cut. */
export async function flushFolders(disk: Disk, folder: string, within: string): Promise<void> {
  for (let at = path.normalize(within); ; at = path.dirname(at)) {
    const handle = await disk.open(path.join(folder, at), 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    if (at === '.') return;
  }
}
