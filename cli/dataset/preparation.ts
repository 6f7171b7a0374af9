import type { SourceFinding } from '../../operators/sources/index.ts';
import { CliError } from '../cli-error.ts';
import { EXIT_CODES } from '../exit-code.ts';
import type { Frame, Report } from '../frame/command-frame.ts';
import type { Say } from '../messages/say.ts';
import type { PrepareOptions } from './prepare-options.ts';

/** Something that is to be done, in words and in deed. */
export interface Undertaking {
  /** What is to be done here, line by line, and without any secret. */
  readonly lines: readonly string[];
  /** What somebody else has to do, or a person otherwise. */
  readonly byHand: readonly string[];
  /** What has to be known beside it, a line each. */
  readonly notes: readonly string[];
  /** Does it. @throws CliError, SourceError */
  readonly carryOut: () => Promise<void>;
}

/** Preparing one source of whatever kind: what is missing is found, then made; and all of it can be taken away again. */
export interface Preparation {
  /** What there is to be said of the source itself, for programs; people have been told. */
  readonly findings: readonly SourceFinding[];
  /** What is missing; with `rotate`, also what is to be replaced. */
  plan(rotate: boolean): Promise<Undertaking>;
  /** Taking all of it away that there is. */
  planRevocation(): Promise<Undertaking>;
}

/** Asks a person a question that is answered by yes or no; undefined: there is nobody to ask. */
export type Ask = (question: string) => Promise<boolean | undefined>;

/**
 * Does with a source what the options say. What is planned goes to stderr before anything is done; what is missing in the end
 * goes to stdout.
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
  const plan = revoke ? await preparation.planRevocation() : await preparation.plan(rotate && !check);
  for (const note of plan.notes) tell(note);
  const missing = [...plan.lines, ...plan.byHand];
  if (missing.length === 0) return report(findings, [], say(revoke ? 'nothingToRevoke' : 'nothingMissing'));
  if (check && !revoke) return report(findings, missing, say('missingHeading'));
  if (plan.lines.length === 0) return report(findings, missing, say('stillMissing'));
  for (const line of [say('planHeading'), ...plan.lines]) tell(line);
  await agree(options, say, ask);
  await plan.carryOut();
  const left = revoke ? [] : await missingNow(preparation);
  return report(findings, left, say(left.length === 0 ? 'doneLine' : 'stillMissing'));
}

async function missingNow(preparation: Preparation): Promise<string[]> {
  const { lines, byHand } = await preparation.plan(false);
  return [...lines, ...byHand];
}

async function agree({ yes }: PrepareOptions, say: Say, ask: Ask): Promise<void> {
  if (yes === true) return;
  const answer = await ask(say('question'));
  if (answer !== true) throw new CliError('ZB-CLI-016', say(answer === undefined ? 'notAsked' : 'declined'));
}

function report(findings: readonly SourceFinding[], missing: readonly string[], heading: string): Report {
  return {
    data: { findings, missing },
    text: () => `${[heading, ...missing].join('\n')}\n`,
    exitCode: missing.length === 0 ? EXIT_CODES.fine : EXIT_CODES.findings,
  };
}
