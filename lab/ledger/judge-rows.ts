import type { RowEntry } from './ledger-entry.ts';

/** A row as a database has it. */
export type PresentRow = Pick<RowEntry, 'sequence' | 'digest'>;

/** What a database has of what its writer was told is kept. Lists are in ascending order. */
export interface RowJudgement {
  /** How many rows were acknowledged. */
  readonly acknowledged: number;
  /** How many rows there are. */
  readonly present: number;
  /** Acknowledged, and not there. */
  readonly lost: readonly number[];
  /** There, but not with the value that was acknowledged. */
  readonly altered: readonly number[];
  /** There, though nobody was told so: unsure when written, or unknown to the ledger. No loss, and no harm. */
  readonly unacknowledged: readonly number[];
  /**
   * `kept`: what is there is all that was acknowledged up to some moment, as of a point in time. `broken`: a row is lost and
   * a later one is there, which no point in time explains.
   */
  readonly order: 'kept' | 'broken';
  /** The newest row up to which nothing acknowledged is lost or altered: the recovery point. Undefined when the first one is. */
  readonly recoveryPoint: RowEntry | undefined;
}

/** Holds the rows of a database against the ledger of its writer, which wrote one row after the other. */
export function judgeRows(ledger: readonly RowEntry[], rows: readonly PresentRow[]): RowJudgement {
  const digests = new Map(rows.map(({ sequence, digest }) => [sequence, digest]));
  const acknowledged = ledger
    .filter(({ outcome }) => outcome === 'acknowledged')
    .toSorted((one, other) => one.sequence - other.sequence);
  const known = new Set(acknowledged.map(({ sequence }) => sequence));
  const isIntact = ({ sequence, digest }: RowEntry): boolean => digests.get(sequence) === digest;
  const lost = numbers(acknowledged.filter(({ sequence }) => !digests.has(sequence)));
  const broken = acknowledged.findIndex((entry) => !isIntact(entry));
  const recoveryPoint = broken === 0 ? undefined : acknowledged.at(broken === -1 ? -1 : broken - 1);
  const newest = acknowledged.findLast(({ sequence }) => digests.has(sequence))?.sequence ?? 0;
  return {
    acknowledged: acknowledged.length,
    present: digests.size,
    lost,
    altered: numbers(acknowledged.filter((entry) => digests.has(entry.sequence) && !isIntact(entry))),
    unacknowledged: [...digests.keys()].filter((sequence) => !known.has(sequence)).toSorted(ascending),
    order: lost.some((sequence) => sequence < newest) ? 'broken' : 'kept',
    recoveryPoint,
  };
}

function numbers(entries: readonly RowEntry[]): readonly number[] {
  return entries.map(({ sequence }) => sequence);
}

function ascending(one: number, other: number): number {
  return one - other;
}
