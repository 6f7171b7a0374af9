import { algorithmOf, type DigestAlgorithm, digestOf } from './digest.ts';
import type { JournalFault } from './journal-fault.ts';
import type { JournalHead } from './journal-head.ts';
import type { JournalRecord } from './journal-record.ts';
import { cutTail, judgeLink, type Link, type Witness } from './judge-link.ts';
import type { RecordFile } from './walk-records.ts';

/** What a chain is judged by besides itself. */
export interface ChainOptions {
  /** Whose records these must be; by default those of whom the first record names. */
  readonly centre?: string | undefined;
  /** Sequence of the first record that is looked at. Above 1 the chain before it is taken as it is. Default: 1. */
  readonly from?: number;
  /** Heads that this journal must lead to, in any order. */
  readonly witnesses?: readonly Witness[];
  /** Digest of the head in the verdict. Default: the one by which the last record names the record before it. */
  readonly algorithm?: DigestAlgorithm;
  /** Called with each record that holds. */
  readonly onRecord?: (record: JournalRecord) => void;
}

/** What came out. */
export interface ChainVerdict {
  /** How many records hold. */
  readonly records: number;
  /** Whose they are; undefined when there are none. */
  readonly centre: string | undefined;
  /** The last record that holds. */
  readonly head: JournalHead | undefined;
  /** The first thing that is wrong; undefined when nothing is. */
  readonly fault: JournalFault | undefined;
}

/** Follows a chain of records up to its end, or to the first one that does not hold. Holds three records at a time. */
export async function verifyChain(
  files: AsyncIterable<RecordFile>,
  options: ChainOptions = {},
): Promise<ChainVerdict> {
  const { from = 1, witnesses = [], algorithm, onRecord } = options;
  const remaining = files[Symbol.asyncIterator]();
  let { centre } = options;
  let last: Link | undefined;
  let expected = from;
  let fault: JournalFault | undefined;

  for (let next = await remaining.next(); next.done !== true;) {
    const file = next.value;
    // Which of two neighbours was altered, only the one behind them knows.
    next = await remaining.next();
    const behind = next.done === true ? undefined : next.value;
    const judged = judgeLink(file, { expected, centre, before: last, behind, witnesses });
    if ('fault' in judged) {
      fault = judged.fault;
      break;
    }
    last = { file, record: judged };
    centre ??= judged.centre;
    expected += 1;
    onRecord?.(judged);
  }
  fault ??= cutTail(expected, witnesses);
  const records = (fault?.sequence ?? expected) - from;
  return { records, centre, head: headOf(last, fault, algorithm), fault };
}

function headOf(
  last: Link | undefined,
  fault: JournalFault | undefined,
  asked: DigestAlgorithm | undefined,
): JournalHead | undefined {
  if (last === undefined) return undefined;
  const { file, record } = last;
  const { sequence, previous } = record;
  // The record behind this one showed it to be altered, after this one had shown that the one before it holds.
  if (fault?.sequence === sequence) {
    return previous === null ? undefined : { sequence: sequence - 1, digest: previous };
  }
  const algorithm = asked ?? (previous === null ? 'sha256' : algorithmOf(previous));
  return { sequence, digest: digestOf(file.bytes, algorithm) };
}
