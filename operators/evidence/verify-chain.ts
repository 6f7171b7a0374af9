import { algorithmOf, type Digest, type DigestAlgorithm, digestOf, hasDigest } from './digest.ts';
import type { FaultKind, JournalFault } from './journal-fault.ts';
import type { JournalHead } from './journal-head.ts';
import type { JournalRecord } from './journal-record.ts';
import { parseRecord } from './parse-record.ts';
import { recordPath } from './record-path.ts';
import type { RecordFile } from './walk-records.ts';

/** A head that somebody holds, with a word for who. */
export interface Witness extends JournalHead {
  readonly source: string;
}

/** What a chain is judged by besides itself. */
export interface ChainOptions {
  /** Whose records these must be; by default those of whom the first record names. */
  readonly centre?: string | undefined;
  /** Sequence of the first record that is looked at. Above 1 the chain before it is taken as it is. Default: 1. */
  readonly from?: number;
  /** Heads that this journal must lead to, in any order. */
  readonly witnesses?: readonly Witness[];
  /** Digest of the head in the verdict. Default: the one that the last record names the record before it by. */
  readonly algorithm?: DigestAlgorithm;
  /** Called with each record that holds. */
  readonly onRecord?: (record: JournalRecord) => void;
}

/** What came out. */
export interface ChainVerdict {
  /** How many records hold. */
  readonly records: number;
  readonly centre: string | undefined;
  /** The last record that holds. */
  readonly head: JournalHead | undefined;
  /** The first thing that is wrong; undefined when nothing is. */
  readonly fault: JournalFault | undefined;
}

interface Link {
  readonly file: RecordFile;
  readonly record: JournalRecord;
}

/** Follows a chain of records up to its end, or to the first one that does not hold. Holds two records at a time. */
export async function verifyChain(
  files: AsyncIterable<RecordFile>,
  { centre, from = 1, witnesses = [], algorithm, onRecord }: ChainOptions = {},
): Promise<ChainVerdict> {
  const remaining = files[Symbol.asyncIterator]();
  let records = 0;
  let last: Link | undefined;
  let whose = centre;

  const verdict = (fault?: JournalFault): ChainVerdict => {
    const head = last === undefined ? undefined : headOf(last, algorithm);
    return { records, centre: whose, head, fault };
  };

  for (let found = await remaining.next(); found.done !== true; found = await remaining.next()) {
    const file = found.value;
    const expected = from + records;
    const { sequence } = file;
    if (sequence === undefined) return verdict({ ...faultAt('stray', expected, ''), path: file.path });
    if (sequence !== expected) {
      return verdict(faultAt('missing', expected, `the next record found is ${sequence}`));
    }
    const parsed = parseRecord(file.bytes);
    if (parsed.record === undefined) return verdict(faultAt('altered', sequence, parsed.problem));
    const link: Link = { file, record: parsed.record };
    whose ??= link.record.centre;
    const own = ownFault(link.record, sequence, whose);
    if (own !== undefined) return verdict(own);
    if (!follows(link.record, last, from)) {
      const following = await remaining.next();
      const intact = vouchedFor(link, following.done === true ? undefined : following.value, witnesses);
      return verdict(brokenLink(sequence, intact));
    }
    const denied = witnesses.find(
      (head) => head.sequence === sequence && !hasDigest(file.bytes, head.digest),
    );
    if (denied !== undefined) {
      const detail = `${denied.source} holds ${denied.digest} for it: it, or the journal up to it, was written anew`;
      return verdict(faultAt('altered', sequence, detail));
    }
    last = link;
    records += 1;
    onRecord?.(link.record);
  }
  return verdict(cutTail(from + records, witnesses));
}

/** What a record shows to be wrong by itself. */
function ownFault(record: JournalRecord, sequence: number, centre: string): JournalFault | undefined {
  if (record.sequence !== sequence) {
    return faultAt('misplaced', sequence, `the file holds the record of sequence ${record.sequence}`);
  }
  if (record.centre !== centre) {
    return faultAt('foreign', sequence, `it is of ${record.centre}, and the journal of ${centre}`);
  }
  return undefined;
}

/** Whether a record names the one before it. Of the first one looked at that is unknown, unless it is the first of all. */
function follows({ previous, sequence }: JournalRecord, last: Link | undefined, from: number): boolean {
  if (sequence === 1) return previous === null;
  if (previous === null) return false;
  return last === undefined ? sequence === from : hasDigest(last.file.bytes, previous);
}

/** Whether the record behind, or a witness, says that a record is as it was; undefined when nobody says anything. */
function vouchedFor(
  { file, record }: Link,
  behind: RecordFile | undefined,
  witnesses: readonly Witness[],
): boolean | undefined {
  const digests: (Digest | null | undefined)[] = witnesses
    .filter(({ sequence }) => sequence === record.sequence)
    .map(({ digest }) => digest);
  if (behind !== undefined) digests.push(parseRecord(behind.bytes).record?.previous);
  const known = digests.filter((digest) => digest !== undefined);
  if (known.length === 0) return undefined;
  return known.some((digest) => digest !== null && hasDigest(file.bytes, digest));
}

/** Two neighbours do not fit: the one that nobody behind vouches for was altered. */
function brokenLink(sequence: number, intact: boolean | undefined): JournalFault {
  const before = sequence - 1;
  if (intact === false || before === 0) {
    return faultAt('altered', sequence, `it names another record than ${before} as the one before it`);
  }
  const detail = `record ${sequence} names another digest for it`;
  return faultAt('altered', before, intact === true ? detail : `${detail}; one of the two was altered`);
}

function cutTail(next: number, witnesses: readonly Witness[]): JournalFault | undefined {
  const longest = witnesses.reduce<Witness | undefined>(
    (most, witness) => (most !== undefined && most.sequence >= witness.sequence ? most : witness),
    undefined,
  );
  if (longest === undefined || longest.sequence < next) return undefined;
  return faultAt('cut', next, `${longest.source} holds the head ${longest.digest}@${longest.sequence}`);
}

function headOf({ file, record }: Link, asked: DigestAlgorithm | undefined): JournalHead {
  const algorithm = asked ?? (record.previous === null ? 'sha256' : algorithmOf(record.previous));
  return { sequence: record.sequence, digest: digestOf(file.bytes, algorithm) };
}

function faultAt(kind: FaultKind, sequence: number, detail: string): JournalFault {
  return { kind, sequence, path: recordPath(sequence), detail };
}
