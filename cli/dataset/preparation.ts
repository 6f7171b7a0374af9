import type { SourceFinding } from '../../operators/sources/index.ts';
import { CliError } from '../cli-error.ts';
import { EXIT_CODES } from '../exit-code.ts';
import type { Frame, Report } from '../frame/command-frame.ts';
import type { MessageKey, Say } from '../messages/say.ts';
import type { PrepareOptions } from './prepare-options.ts';

/** Something that is to be done, in words: line by line, and without any secret. */
export interface UndertakingText {
  /** What is to be done here. */
  readonly lines: readonly string[];
  /** What somebody else has to do, or a person otherwise. */
  readonly byHand: readonly string[];
  /** What could not be looked at, so that nobody may take it for done. */
  readonly unseen: readonly string[];
  /** What has to be known beside it. */
  readonly notes: readonly string[];
}

/** The same with the deed. */
export interface Undertaking extends UndertakingText {
  /**
   * Does it.
   * @returns what went wrong and did not keep the rest from being done, a line each
   * @throws CliError, SourceError
   */
  readonly carryOut: () => Promise<readonly string[]>;
}

/** Preparing one source of whatever kind: what is missing is found, then made; and all of it can be taken away again. */
export interface Preparation {
  /** What there is to be said of the source itself, for programs; people have been told. */
  readonly findings: readonly SourceFinding[];
  /** What is missing, and what is there and used by nobody; with `rotate`, also what is to be replaced. */
  plan(rotate: boolean): Promise<Undertaking>;
  /** Taking all of it away that there is. */
  planRevocation(): Promise<Undertaking>;
}

/** Asks a person a question that is answered by yes or no; undefined: there is nobody to ask. */
export type Ask = (question: string) => Promise<boolean | undefined>;

/** What is said in the end, by what is left: nothing, something, or nothing where it could be looked. */
interface Headings {
  readonly fine: MessageKey & ('doneLine' | 'nothingMissing' | 'nothingToRevoke');
  readonly left: MessageKey & ('missingHeading' | 'stillMissing' | 'stillThere');
  readonly seen: MessageKey & ('fineWhereSeen' | 'goneWhereSeen');
}

const FOUND: Headings = { fine: 'nothingMissing', left: 'missingHeading', seen: 'fineWhereSeen' };
const DONE: Headings = { fine: 'doneLine', left: 'stillMissing', seen: 'fineWhereSeen' };
const REVOKED: Headings = { fine: 'nothingToRevoke', left: 'stillThere', seen: 'goneWhereSeen' };

/**
 * Does with a source what the options say. What is planned goes to stderr before anything is done; then it looks again, and what
 * is left, and what could not be looked at, goes to stdout.
 * @throws CliError, SourceError
 */
export async function carryThrough(
  preparation: Preparation,
  options: PrepareOptions,
  { say, tell }: Frame,
  ask: Ask,
): Promise<Report> {
  const { check = false, revoke = false, rotate = false } = options;
  const { findings } = preparation;
  const look = () => (revoke ? preparation.planRevocation() : preparation.plan(false));
  const plan = rotate && !check ? await preparation.plan(true) : await look();
  for (const note of plan.notes) tell(note);
  if (check) return report(findings, plan, FOUND, say);
  if (plan.lines.length === 0)
    return report(findings, plan, revoke ? REVOKED : { ...DONE, fine: FOUND.fine }, say);
  for (const line of [say('planHeading'), ...plan.lines]) tell(line);
  await agree(options, say, ask);
  for (const trouble of await plan.carryOut()) tell(trouble);
  return report(findings, await look(), revoke ? REVOKED : DONE, say);
}

async function agree({ yes }: PrepareOptions, say: Say, ask: Ask): Promise<void> {
  if (yes === true) return;
  const answer = await ask(say('question'));
  if (answer !== true) throw new CliError('ZB-CLI-016', say(answer === undefined ? 'notAsked' : 'declined'));
}

function report(
  findings: readonly SourceFinding[],
  { lines, byHand, unseen }: UndertakingText,
  headings: Headings,
  say: Say,
): Report {
  const missing = [...lines, ...byHand];
  const fine = missing.length === 0 && unseen.length === 0;
  const heading = missing.length > 0 ? headings.left : fine ? headings.fine : headings.seen;
  const text = [say(heading), ...missing, ...(unseen.length === 0 ? [] : [say('unseenHeading'), ...unseen])];
  return {
    data: { findings, missing, unseen },
    text: () => `${text.join('\n')}\n`,
    exitCode: fine ? EXIT_CODES.fine : EXIT_CODES.findings,
  };
}
