import { type Digest, hasDigest } from './digest.ts';
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

/** A record that holds, and the file that it was read from. */
export interface Link {
  readonly file: RecordFile;
  readonly record: JournalRecord;
}

/** What one file of a chain is judged by. */
export interface LinkContext {
  /** The sequence that comes next. */
  readonly expected: number;
  /** Whose record it must be; undefined as long as nothing says whose the journal is. */
  readonly centre: string | undefined;
  /** The record before it; undefined where none was looked at. */
  readonly before: Link | undefined;
  /** The file behind it, if there is one. */
  readonly behind: RecordFile | undefined;
  readonly witnesses: readonly Witness[];
}

/** Judges the next file of a chain: it is the record that must come here, or what is wrong. */
export function judgeLink(
  file: RecordFile,
  context: LinkContext,
): JournalRecord | { readonly fault: JournalFault } {
  const { expected, centre, before, witnesses } = context;
  if (file.sequence === undefined)
    return { fault: { ...faultAt('stray', expected, 'not a record').fault, path: file.path } };
  if (file.sequence !== expected)
    return faultAt('missing', expected, `the next record found is ${file.sequence}`);
  const { record, problem } = parseRecord(file.bytes);
  if (record === undefined) return faultAt('altered', expected, problem);
  if (record.sequence !== expected) {
    return faultAt('misplaced', expected, `the file holds the record of sequence ${record.sequence}`);
  }
  const isForeign = centre !== undefined && record.centre !== centre;
  const foreign = () =>
    faultAt('foreign', expected, `it is of ${record.centre}, and the journal of ${centre ?? ''}`);
  if (!follows(record, before)) {
    const intact = isVouchedFor({ file, record }, context);
    return isForeign && intact !== true ? foreign() : brokenLink(expected, intact);
  }
  if (isForeign) return foreign();
  const denying = witnesses.find(
    ({ sequence, digest }) => sequence === expected && !hasDigest(file.bytes, digest),
  );
  if (denying !== undefined) {
    const detail = `${denying.source} holds ${denying.digest} for it: it, or the journal up to it, was written anew`;
    return faultAt('altered', expected, detail);
  }
  return record;
}

/** Says that a journal ends before a head that somebody holds; undefined when it does not. */
export function cutTail(next: number, witnesses: readonly Witness[]): JournalFault | undefined {
  const [longest] = witnesses
    .filter(({ sequence }) => sequence >= next)
    .sort((a, b) => b.sequence - a.sequence);
  if (longest === undefined) return undefined;
  return faultAt('cut', next, `${longest.source} holds the head ${longest.digest}@${longest.sequence}`).fault;
}

/** Whether a record names the one before it. Where that one was not looked at, it must at least name one. */
function follows({ previous, sequence }: JournalRecord, before: Link | undefined): boolean {
  if (sequence === 1 || previous === null) return sequence === 1 && previous === null;
  return before === undefined || hasDigest(before.file.bytes, previous);
}

/** Whether the record behind, or a witness, says that a record is as it was; undefined when nobody says anything. */
function isVouchedFor({ file, record }: Link, { behind, witnesses }: LinkContext): boolean | undefined {
  const digests: (Digest | null | undefined)[] = witnesses
    .filter(({ sequence }) => sequence === record.sequence)
    .map(({ digest }) => digest);
  if (behind !== undefined) digests.push(parseRecord(behind.bytes).record?.previous);
  const known = digests.filter((digest) => digest !== undefined);
  if (known.length === 0) return undefined;
  return known.some((digest) => digest !== null && hasDigest(file.bytes, digest));
}

/** Two neighbours do not fit: the one that nobody behind vouches for was altered. */
function brokenLink(sequence: number, intact: boolean | undefined): { readonly fault: JournalFault } {
  const before = sequence - 1;
  if (intact === false || before === 0) {
    return faultAt('altered', sequence, 'what it names as the record before it is not the one there');
  }
  const detail = `record ${sequence} names another digest for it`;
  return faultAt('altered', before, intact === true ? detail : `${detail}; one of the two was altered`);
}

function faultAt(kind: FaultKind, sequence: number, detail: string): { readonly fault: JournalFault } {
  return { fault: { kind, sequence, path: recordPath(sequence), detail } };
}
