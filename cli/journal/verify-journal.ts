import {
  FAULTS,
  formatHead,
  lastSequence,
  readPublicKey,
  verifyJournal,
  type JournalHead,
  type JournalVerdict,
  type VerifyOptions as Against,
} from '../../operators/evidence/index.ts';
import { EXIT_CODES } from '../exit-code.ts';
import { plainLine, type Frame, type Report } from '../frame/command-frame.ts';
import type { OutputFormat } from '../frame/output-format.ts';
import { readKeyFile } from './key-file.ts';

/** What is verified, and against what. */
export interface VerifyOptions {
  /** Folder of the journal. */
  readonly journal: string;
  readonly output: OutputFormat;
  /** Whose journal it must be. */
  readonly centre?: string;
  /** Heads from elsewhere. */
  readonly head: readonly JournalHead[];
  /** Files of public keys. */
  readonly key: readonly string[];
}

/** What was verified. */
interface Verified {
  readonly folder: string;
  /** How many heads from elsewhere were given. */
  readonly heads: number;
  /** How many keys were given. */
  readonly keys: number;
  readonly verdict: JournalVerdict;
}

/** Seconds between two lines that tell how far the verification is. */
const PROGRESS_SECONDS = 2;

/** Verifies a journal. @throws EvidenceError `ZB-EVD-004`, `ZB-EVD-009` */
export async function verify({ journal, centre, head, key }: VerifyOptions, frame: Frame): Promise<Report> {
  const keys = await Promise.all(key.map(async (file) => readPublicKey(await readKeyFile(file))));
  const verdict = await verifyWithProgress(journal, { centre, heads: head, keys }, frame);
  return reportVerdict({ folder: journal, heads: head.length, keys: keys.length, verdict }, frame);
}

/** Verifies a journal, and tells how far it is, as long as it takes. @throws EvidenceError `ZB-EVD-004` */
export async function verifyWithProgress(
  folder: string,
  against: Against,
  { say, tell }: Frame,
): Promise<JournalVerdict> {
  const begun = performance.now();
  // Where there is no journal, verifying says so.
  const all = await lastSequence(folder).catch(() => 0);
  let next = PROGRESS_SECONDS;
  const onRecord = ({ sequence }: { readonly sequence: number }) => {
    const seconds = Math.floor((performance.now() - begun) / 1000);
    if (seconds < next) return;
    next = seconds + PROGRESS_SECONDS;
    tell(say('verifying', { records: sequence, all, seconds }));
  };
  return verifyJournal(folder, { ...against, onRecord });
}

/** What is told of a verdict; the command ends with `findings` when a record does not hold. */
export function reportVerdict(verified: Verified, frame: Frame): Report {
  const { folder, heads, verdict } = verified;
  const { fault } = verdict;
  return {
    data: {
      journal: folder,
      centre: verdict.centre ?? null,
      holds: fault === undefined,
      records: verdict.records,
      head: verdict.head === undefined ? null : formatHead(verdict.head),
      headsGiven: heads,
      signedUpTo: verdict.signedUpTo,
      fault: fault === undefined ? null : { ...fault, text: FAULTS[fault.kind] },
    },
    text: () => `${linesOf(verified, frame).join('\n')}\n`,
    exitCode: fault === undefined ? EXIT_CODES.fine : EXIT_CODES.findings,
  };
}

function linesOf({ heads, keys, verdict }: Verified, { say, language }: Frame): string[] {
  const { records, centre = '', head, fault, signedUpTo } = verdict;
  if (fault !== undefined) {
    const { sequence, path, kind, detail } = fault;
    const what = FAULTS[kind][language];
    return [
      say('recordFault', { sequence, path: plainLine(path), what }),
      `    ${plainLine(detail)}`,
      say('holdBefore', { records }),
    ];
  }
  const lines =
    head === undefined
      ? [say('journalEmpty')]
      : [say('journalHolds', { centre, records }), say('journalHead', { head: formatHead(head) })];
  lines.push(heads > 0 ? say('headChecked', { heads }) : say('noHead'));
  if (keys > 0) lines.push(say('signedUpTo', { sequence: signedUpTo }));
  return lines;
}
