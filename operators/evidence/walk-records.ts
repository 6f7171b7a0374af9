import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { readPlainFile } from './read-plain-file.ts';
import { recordPath, RECORDS, sequenceOf } from './record-path.ts';

/** A file that lies among the records. */
export interface RecordFile {
  /** Within the journal's folder: `records/000000/000/000000000042.json`. */
  readonly path: string;
  /** By its name; undefined of what is no record's: another name, no plain file, or too long for one. */
  readonly sequence: number | undefined;
  readonly bytes: Uint8Array;
}

/** Files read at the same time. */
const AT_ONCE = 32;

/**
 * All files among the records in the order of their names, which is that of their sequences. It holds a few files at a
 * time, however long the journal is. Files that are no records are among them, so that nothing hides.
 */
export async function* walkRecords(folder: string, from = 1): AsyncGenerator<RecordFile> {
  // From the first record on is from the first name on, whatever it is.
  const first = from === 1 ? '' : recordPath(from);
  const files: string[] = [];
  for await (const file of walkNames(folder, RECORDS, first)) {
    files.push(file);
    if (files.length === AT_ONCE) yield* await readAll(folder, files.splice(0));
  }
  yield* await readAll(folder, files);
}

/** Sequence of the last record by the names of files; 0 where there is none. Three listings, however long the journal is. */
export async function lastSequence(folder: string): Promise<number> {
  return (await lastBelow(folder, RECORDS)) ?? 0;
}

async function lastBelow(folder: string, at: string): Promise<number | undefined> {
  for (const entry of (await list(folder, at)).reverse()) {
    const file = path.join(at, entry.name);
    // A folder may be empty: made for a record that was then not written.
    const last = entry.isDirectory() ? await lastBelow(folder, file) : sequenceOf(file);
    if (last !== undefined) return last;
  }
  return undefined;
}

/** Names of files below a folder that are not before the first one asked for. */
async function* walkNames(folder: string, at: string, first: string): AsyncGenerator<string> {
  for (const entry of await list(folder, at)) {
    const file = path.join(at, entry.name);
    // A folder that the first file lies in is a beginning of its name, and sorts before it.
    if (file < first && !first.startsWith(`${file}${path.sep}`)) continue;
    if (entry.isDirectory()) yield* walkNames(folder, file, first);
    else yield file;
  }
}

async function list(folder: string, at: string) {
  const entries = await readdir(path.join(folder, at), { withFileTypes: true });
  return entries.sort((one, other) => (one.name < other.name ? -1 : 1));
}

function readAll(folder: string, files: readonly string[]): Promise<RecordFile[]> {
  return Promise.all(
    files.map(async (file) => {
      const bytes = await readPlainFile(path.join(folder, file));
      const sequence = bytes && sequenceOf(file);
      return { path: file, sequence, bytes: bytes ?? new Uint8Array() };
    }),
  );
}
