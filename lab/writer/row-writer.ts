import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Ledger } from '../ledger/ledger.ts';
import type { RowEntry } from '../ledger/ledger-entry.ts';
import { keepWriting, type WriterSurroundings } from './keep-writing.ts';

/** A row to be written. */
export interface Row {
  readonly sequence: number;
  readonly value: string;
}

/** What became of a change; without `usable`, its session can take another one. */
export type WriteOutcome =
  | { readonly outcome: 'acknowledged' }
  | { readonly outcome: 'unsure'; readonly reason: string; readonly usable: boolean };

/** A connection that takes rows, one after the other. */
export interface RowSession {
  /** The highest number of a row that is there; 0 without any. */
  highestSequence(): Promise<number>;
  /**
   * Writes a row in a transaction of its own. Acknowledged means: the commit came back, and without a warning. A synchronous
   * wait that was cancelled comes back as a commit with one.
   * @throws Error when the row is surely not there
   */
  write(row: Row): Promise<WriteOutcome>;
  close(): Promise<void>;
}

/** How rows are written. */
export interface RowWriterOptions extends WriterSurroundings {
  readonly ledger: Pick<Ledger<RowEntry>, 'append' | 'lastSequence'>;
  /** @throws Error when there is no database to be reached that takes rows */
  readonly connect: () => Promise<RowSession>;
  readonly valueOf: (sequence: number) => string;
  /** Milliseconds between two rows. */
  readonly every: number;
}

/**
 * Writes one row after the other until the signal, over whatever happens to the database, and puts into the ledger what it
 * was told. A row of which it is not sure is never acknowledged, and its number never used again.
 */
export function writeRows(options: RowWriterOptions): Promise<void> {
  return keepWriting(options, async (worked) => {
    const session = await options.connect();
    try {
      await writeOver(session, options, worked);
    } finally {
      await session.close();
    }
  });
}

/** Writes for as long as the session is of use. */
async function writeOver(
  session: RowSession,
  { ledger, valueOf, every, signal }: RowWriterOptions,
  worked: () => void,
): Promise<void> {
  // The ledger has numbers that the database lost, and the database some that a writer was killed before writing down.
  let sequence = Math.max(ledger.lastSequence, await session.highestSequence());
  while (!signal.aborted) {
    sequence += 1;
    const value = valueOf(sequence);
    const result = await session.write({ sequence, value });
    const digest = createHash('sha256').update(value).digest('hex');
    const at = new Date().toISOString();
    if (result.outcome === 'acknowledged') {
      await ledger.append({ sequence, outcome: 'acknowledged', digest, at });
      worked();
    } else {
      await ledger.append({ sequence, outcome: 'unsure', digest, at, reason: result.reason });
      if (!result.usable) throw new Error(result.reason);
    }
    await pause(every, undefined, { signal }).catch(() => undefined);
  }
}
