import { stringify } from 'yaml';
import {
  FAULTS,
  formatHead,
  type JournalVerdict,
  lastSequence,
  verifyJournal,
  type VerifyOptions,
} from '../operators/evidence/index.ts';
import { EXIT_CODES } from './exit-code.ts';
import type { OutputFormat } from './frame/output-format.ts';
import type { Language } from './frame/language.ts';
import { JOURNAL_TEXT, say } from './journal-text.ts';

/** What was verified. */
export interface Verified {
  readonly folder: string;
  /** How many heads from elsewhere were given. */
  readonly heads: number;
  /** How many keys were given. */
  readonly keys: number;
  readonly verdict: JournalVerdict;
}

/** Seconds between two lines that tell how far the verification is. */
const PROGRESS_SECONDS = 2;

/** Verifies a journal, and tells on stderr how far it is, as long as it takes. @throws EvidenceError `ZB-EVD-004` */
export async function verifyWithProgress(
  folder: string,
  options: VerifyOptions,
  language: Language,
): Promise<JournalVerdict> {
  const begun = performance.now();
  // Where there is no journal, verifying says so.
  const all = await lastSequence(folder).catch(() => 0);
  let next = PROGRESS_SECONDS;
  const onRecord = ({ sequence }: { readonly sequence: number }) => {
    const seconds = Math.floor((performance.now() - begun) / 1000);
    if (seconds < next) return;
    next = seconds + PROGRESS_SECONDS;
    process.stderr.write(`${say(JOURNAL_TEXT.verifying, language, { records: sequence, all, seconds })}\n`);
  };
  return verifyJournal(folder, { ...options, onRecord });
}

/**
 * What `zaibei journal verify` prints, and how it ends.
 * @returns text for stdout with a final newline; `findings` when a record does not hold
 */
export function tellVerdict(
  verified: Verified,
  format: OutputFormat,
  language: Language,
): { readonly output: string; readonly exitCode: number } {
  const { fault } = verified.verdict;
  const exitCode = fault === undefined ? EXIT_CODES.fine : EXIT_CODES.findings;
  if (format === 'table') return { output: `${linesOf(verified, language).join('\n')}\n`, exitCode };
  const { folder, heads, verdict } = verified;
  const report = {
    journal: folder,
    centre: verdict.centre ?? null,
    holds: fault === undefined,
    records: verdict.records,
    head: verdict.head === undefined ? null : formatHead(verdict.head),
    headsGiven: heads,
    signedUpTo: verdict.signedUpTo,
    fault: fault === undefined ? null : { ...fault, text: FAULTS[fault.kind] },
  };
  return {
    output: format === 'json' ? `${JSON.stringify(report, undefined, 2)}\n` : stringify(report),
    exitCode,
  };
}

function linesOf({ heads, keys, verdict }: Verified, language: Language): string[] {
  const { records, centre, head, fault, signedUpTo } = verdict;
  const tell = (text: keyof typeof JOURNAL_TEXT, values?: Readonly<Record<string, unknown>>) =>
    say(JOURNAL_TEXT[text], language, values);
  if (fault !== undefined) {
    const { sequence, path, kind, detail } = fault;
    const what = FAULTS[kind][language];
    return [tell('fault', { sequence, path, what }), `    ${detail}`, tell('before', { records })];
  }
  const lines =
    head === undefined
      ? [tell('empty')]
      : [tell('holds', { centre, records }), tell('head', { head: formatHead(head) })];
  lines.push(heads > 0 ? tell('headChecked', { heads }) : tell('noHead'));
  if (keys > 0) lines.push(tell('signed', { sequence: signedUpTo }));
  return lines;
}
