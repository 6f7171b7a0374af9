import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { readListedName } from './file-name.ts';

/** One entry below a folder, as rsync would send it. */
export interface ListedEntry {
  readonly kind: 'file' | 'folder' | 'link' | 'special';
  /** Size in bytes, holes included. */
  readonly size: number;
  /** Path below the folder. */
  readonly name: Buffer;
}

/** rsync could not list a folder to the end. */
export class ListingError extends Error {
  constructor(how: string) {
    super(`rsync could not list the folder (${how})`);
    this.name = 'ListingError';
  }
}

const KINDS: Readonly<Record<string, ListedEntry['kind']>> = {
  f: 'file',
  d: 'folder',
  L: 'link',
  S: 'special',
  D: 'special',
};

/** Ends of rsync that are none of a listing: parts that could not be read, or went meanwhile. */
const COMPLETE = new Set([0, 23, 24]);

/**
 * Lists a folder by rsync itself, without sending anything: so what is left out by its rules is left out here too.
 * @param excluded file of rules
 * @param empty folder without anything in it, which nothing is written to
 * @throws ListingError; the signal's reason
 */
export async function* listFolder(
  folder: string,
  { excluded, empty }: { readonly excluded: string; readonly empty: string },
  signal: AbortSignal,
): AsyncIterable<ListedEntry> {
  const options = ['--recursive', '--links', '--devices', '--specials', '--dry-run'];
  const paths = ['--', `${folder}/`, `${empty}/`];
  const rsync: ChildProcessByStdio<null, Readable, null> = spawn(
    'rsync',
    [...options, '--out-format=%i|%l|%n', `--exclude-from=${excluded}`, ...paths],
    // What it may not open is seen entry by entry, and would be told here once more.
    { stdio: ['ignore', 'pipe', 'ignore'], env: { PATH: process.env['PATH'], LC_ALL: 'C' } },
  );
  const failed = new Promise<Error>((resolve) => rsync.once('error', resolve));
  const closed = once(rsync, 'close').catch(() => undefined);
  const stop = (): void => void rsync.kill();
  signal.addEventListener('abort', stop);
  try {
    for await (const line of createInterface({ input: rsync.stdout })) {
      const entry = parseLine(line);
      if (entry !== undefined) yield entry;
    }
    await Promise.race([closed, failed]);
    signal.throwIfAborted();
    const { exitCode, signalCode } = rsync;
    if (exitCode === null || !COMPLETE.has(exitCode)) {
      const error = rsync.pid === undefined ? await failed : undefined;
      throw new ListingError(error?.message ?? signalCode ?? `exit code ${exitCode ?? 'unknown'}`);
    }
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

/** `>f+++++++++|3|a.txt`; undefined for the folder itself. */
function parseLine(line: string): ListedEntry | undefined {
  const [, letter = '', size, name = ''] = /^.(.)[^|]*\|(\d+)\|(.*)$/.exec(line) ?? [];
  const kind = KINDS[letter];
  if (kind === undefined || name === './') return undefined;
  return { kind, size: Number(size), name: readListedName(kind === 'folder' ? name.slice(0, -1) : name) };
}
