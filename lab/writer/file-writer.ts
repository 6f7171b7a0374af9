import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { FileEntry } from '../ledger/ledger-entry.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { keepWriting, type WriterSurroundings } from './keep-writing.ts';
import type { WriteOutcome } from './row-writer.ts';

/** One change to a volume: a file to be put there, new or in place of another, or to be deleted. */
export type FileChange =
  | { readonly what: 'put'; readonly path: string; readonly content: FileContent }
  | { readonly what: 'delete'; readonly path: string };

/** The content of a file: one line, so many times. */
export interface FileContent {
  readonly lines: number;
  readonly text: string;
}

/** A connection by which a volume is changed. */
export interface FileSession {
  /** Makes a change; acknowledged means: it is on the disk of the volume. @throws Error when it was surely not made */
  change(change: FileChange): Promise<WriteOutcome>;
  close(): Promise<void>;
}

/** How files are written. */
export interface FileWriterOptions extends WriterSurroundings {
  readonly ledger: Pick<Ledger<FileEntry>, 'append' | 'lastSequence'>;
  /** @throws Error when the volume cannot be reached */
  readonly connect: () => Promise<FileSession>;
  /** Milliseconds between two changes. */
  readonly every: number;
}

/** Changes a volume until the signal, over whatever happens to it, and puts into the ledger what it was told. */
export function writeFiles(options: FileWriterOptions): Promise<void> {
  const { ledger, signal, every } = options;
  return keepWriting(options, async (worked) => {
    const session = await options.connect();
    try {
      while (!signal.aborted) {
        const sequence = ledger.lastSequence + 1;
        const change = changeOf(sequence);
        const result = await session.change(change);
        await ledger.append(entryOf(sequence, change, result));
        if (result.outcome === 'acknowledged') worked();
        else if (!result.usable) throw new Error(result.reason);
        await pause(every, undefined, { signal }).catch(() => undefined);
      }
    } finally {
      await session.close();
    }
  });
}

/** Of every seven changes four create files, two change one of them, and one deletes one. */
const CYCLE = 7;

/**
 * The change of a number. It follows from the number alone, so that a writer that starts again goes on where it was: files
 * are named by the number that created them, by names as people give them.
 */
export function changeOf(sequence: number): FileChange {
  const place = (sequence - 1) % CYCLE;
  const first = sequence - place;
  const content = { lines: 20 + (sequence % 80), text: `licence ${sequence} ${'x'.repeat(60)}` };
  if (place < 4) return { what: 'put', path: pathOf(sequence), content };
  if (place < 6) return { what: 'put', path: pathOf(first + place - 4), content };
  return { what: 'delete', path: pathOf(first + 2) };
}

function pathOf(sequence: number): string {
  const folder = String(Math.floor(sequence / 1000)).padStart(4, '0');
  return `${folder}/营业执照 ${String(sequence).padStart(6, '0')}.txt`;
}

/** Digest of a content, as that of the file. */
export function digestOf({ lines, text }: FileContent): string {
  return createHash('sha256').update(`${text}\n`.repeat(lines)).digest('hex');
}

function entryOf(sequence: number, change: FileChange, result: WriteOutcome): FileEntry {
  return {
    sequence,
    path: change.path,
    ...(change.what === 'put' && { digest: digestOf(change.content) }),
    at: new Date().toISOString(),
    ...(result.outcome === 'acknowledged'
      ? { outcome: result.outcome }
      : { outcome: result.outcome, reason: result.reason }),
  };
}
