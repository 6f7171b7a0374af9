import type { Say } from '../messages/say.ts';

/** How a thing stands. `unknown` could not be looked at, and is never fine. */
export type CheckState = 'ok' | 'warning' | 'wrong' | 'unknown';

/** What is looked at; each has its reason and its remedy in the message catalogue. */
export type Topic =
  | 'Programs'
  | 'Answer'
  | 'Version'
  | 'Clock'
  | 'Rights'
  | 'Kinds'
  | 'Operator'
  | 'Peers'
  | 'Storage'
  | 'Certificates'
  | 'SourceCertificates';

/** One line of the doctor's report. */
export interface Check {
  readonly state: CheckState;
  /** Name of the centre, or `here` for this machine. */
  readonly where: string;
  readonly topic: Topic;
  /** What was found. */
  readonly what: string;
  /** Why it matters. */
  readonly why: string;
  /** How to put it right; empty where it is. */
  readonly fix: string;
}

/** What was found about one thing, before it is put into words for people. */
export type Finding = Pick<Check, 'state' | 'what'>;

/** Makes the line of a finding. */
export function checkOf(say: Say, where: string, topic: Topic, { state, what }: Finding): Check {
  const [why, fix]: [`why${Topic}`, `fix${Topic}`] = [`why${topic}`, `fix${topic}`];
  return { state, where, topic, what, why: say(why), fix: state === 'ok' ? '' : say(fix) };
}
