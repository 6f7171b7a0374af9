import { constants } from 'node:fs';
import { access, readlink } from 'node:fs/promises';
import path from 'node:path';
import { SURVEY_EXAMPLES, type ExporterSurvey } from '../../operators/api/layout/exporter.ts';
import { printName } from './file-name.ts';
import type { ListedEntry } from './listing.ts';

/** Entries that are looked at at the same time: a slow volume is not waited for one by one, and not stormed. */
const AT_ONCE = 16;

type Counts = Pick<ExporterSurvey, 'files' | 'folders' | 'links' | 'bytes'>;

/** Entries of one kind of trouble. */
class Noted {
  count = 0;
  readonly examples: string[] = [];

  add(name: Buffer): void {
    this.count += 1;
    if (this.examples.length < SURVEY_EXAMPLES) this.examples.push(printName(name));
  }
}

/**
 * Looks through a folder for what no copy of it will have: what may not be read, what is no file, and links that lead out. It
 * opens nothing and changes nothing, not even the times at which files were read.
 * @param folder path without a link in it
 * @param now wall-clock time in milliseconds
 */
export async function surveyFolder(
  folder: string,
  entries: AsyncIterable<ListedEntry>,
  now: () => number,
): Promise<ExporterSurvey> {
  const startedAt = new Date(now()).toISOString();
  const counts: Counts = { files: 0, folders: 0, links: 0, bytes: 0 };
  const unreadable = new Noted();
  const special = new Noted();
  const leavingLinks = new Noted();
  const look = async ({ kind, size, name }: ListedEntry): Promise<void> => {
    switch (kind) {
      case 'file':
        counts.files += 1;
        counts.bytes += size;
        if (await isRefused(at(folder, name), constants.R_OK)) unreadable.add(name);
        return;
      case 'folder':
        counts.folders += 1;
        if (await isRefused(at(folder, name), constants.R_OK | constants.X_OK)) unreadable.add(name);
        return;
      case 'link':
        counts.links += 1;
        if (await leaves(folder, name)) leavingLinks.add(name);
        return;
      case 'special':
        special.add(name);
        return;
    }
  };
  let pending: Promise<void>[] = [];
  for await (const entry of entries) {
    pending.push(look(entry));
    if (pending.length < AT_ONCE) continue;
    await Promise.all(pending);
    pending = [];
  }
  await Promise.all(pending);
  const endedAt = new Date(now()).toISOString();
  const noted = ({ count, examples }: Noted) => ({ count, examples });
  return {
    startedAt,
    endedAt,
    ...counts,
    unreadable: noted(unreadable),
    special: noted(special),
    leavingLinks: noted(leavingLinks),
  };
}

/** Whether this user may not do that. What has gone meanwhile is nobody's to read. */
async function isRefused(file: Buffer, mode: number): Promise<boolean> {
  return access(file, mode).then(
    () => false,
    (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EACCES',
  );
}

/** Whether a link leads out of the folder: an absolute one does, because where the department mounts it is not known here. */
async function leaves(folder: string, name: Buffer): Promise<boolean> {
  const target = await readlink(at(folder, name), { encoding: 'latin1' }).catch(() => undefined);
  if (target === undefined) return false;
  if (target.startsWith('/')) return true;
  // Every byte is one character in latin1, and the separator is the same.
  const resolved = path.posix.normalize(path.posix.join(path.posix.dirname(name.toString('latin1')), target));
  return resolved === '..' || resolved.startsWith('../');
}

function at(folder: string, name: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${folder}/`), name]);
}
