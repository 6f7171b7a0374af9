import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync, lstatSync } from 'node:fs';
import path from 'node:path';

/** What of a file must come through: who may do what with it, and its content or the link's target. */
function describe(file: string): string {
  const { mode, uid, gid, size, mtimeMs } = lstatSync(file);
  const owner = `${mode.toString(8)} ${uid}:${gid}`;
  const kind = mode & 0o170_000;
  if (kind === 0o120_000) return `${owner} -> ${readlinkSync(file)}`;
  if (kind !== 0o100_000) return owner;
  const digest = createHash('sha256').update(readFileSync(file)).digest('hex');
  return `${owner} ${size} ${Math.floor(mtimeMs / 1000)} ${digest}`;
}

/** Everything below a folder, name by name. Links are not followed. */
export function folderDigest(folder: string): Record<string, string> {
  return Object.fromEntries(entriesIn(folder, ''));
}

function entriesIn(folder: string, below: string): [string, string][] {
  const children = readdirSync(path.join(folder, below), { withFileTypes: true });
  return children
    .map((child) => ({ name: path.join(below, child.name), isFolder: child.isDirectory() }))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap(({ name, isFolder }): [string, string][] => [
      [name, describe(path.join(folder, name))],
      ...(isFolder ? entriesIn(folder, name) : []),
    ]);
}
