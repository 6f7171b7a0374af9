import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, rm, rmdir, statfs, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DiskFullError, ForeignFolderError, UnusableStateError } from './state-errors.ts';

/** The first thing written into the folder of an instance, and the last to go: `down` deletes no folder without it. */
const MARKER = '.zaibei-lab';

/** An instance that was started before there was a marker has this; either proves that the lab made the folder. */
const PROOFS: readonly string[] = [MARKER, 'instance.json'];

/** Errors of the file system that say that a path cannot be the lab's, whatever is tried. */
const UNUSABLE = new Set(['ENOTDIR', 'EEXIST', 'EACCES', 'EPERM', 'EROFS', 'ELOOP', 'ENAMETOOLONG']);

/**
 * Refuses what stands there and was not made by the lab, be it a file or a folder that is not empty: nothing may be
 * written there or deleted.
 * @throws ForeignFolderError
 */
export function refuseForeignFolder(directory: string): void {
  if (existsSync(directory) && !statSync(directory).isDirectory()) throw new ForeignFolderError(directory);
  const entries = entriesOf(directory);
  if (entries.length > 0 && !PROOFS.some((proof) => entries.includes(proof)))
    throw new ForeignFolderError(directory);
}

/** Makes the folder of an instance and marks it as the lab's. @throws ForeignFolderError */
export async function claimFolder(directory: string): Promise<void> {
  refuseForeignFolder(directory);
  await mkdir(directory, { recursive: true, mode: 0o711 });
  const marker = path.join(directory, MARKER);
  if (!existsSync(marker))
    await writeFile(marker, 'Made by `npm run lab`; `npm run lab -- down` deletes it.\n');
}

/**
 * Deletes the folder of an instance. Interrupted, it leaves a folder that can still be told for the lab's.
 * @returns whether there was one
 * @throws ForeignFolderError
 */
export async function removeFolder(directory: string): Promise<boolean> {
  if (!existsSync(directory)) return false;
  refuseForeignFolder(directory);
  const content = entriesOf(directory).filter((entry) => !PROOFS.includes(entry));
  await Promise.all(
    content.map((entry) => rm(path.join(directory, entry), { recursive: true, force: true })),
  );
  await rm(directory, { recursive: true, force: true });
  return true;
}

/** Deletes the folder of all instances, and `zaibei` above it, when nothing is left in them. */
export async function removeEmptyState(state: string): Promise<void> {
  for (const folder of [state, path.dirname(state)]) {
    if (folder !== state && path.basename(folder) !== 'zaibei') return;
    const kept = await rmdir(folder).then(
      () => false,
      () => true,
    );
    if (kept) return;
  }
}

/**
 * Does something that writes below the state folder, and tells what the file system has against it in a person's words.
 * @param neededMebibytes what the instance will take
 * @throws DiskFullError; UnusableStateError
 */
export async function writingState<T>(
  state: string,
  neededMebibytes: number,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOSPC' || code === 'EDQUOT')
      throw new DiskFullError(state, await freeMebibytes(state), neededMebibytes);
    if (typeof code === 'string' && UNUSABLE.has(code)) throw new UnusableStateError(state, error);
    throw error;
  }
}

/** Room in the file system of a folder, or, while there is no such folder, of the nearest one above it. */
export async function freeMebibytes(folder: string): Promise<number> {
  if (!existsSync(folder)) return freeMebibytes(path.dirname(folder));
  const { bavail, bsize } = await statfs(folder);
  return Math.floor((bavail * bsize) / 2 ** 20);
}

function entriesOf(directory: string): readonly string[] {
  return existsSync(directory) ? readdirSync(directory) : [];
}
