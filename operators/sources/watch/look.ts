import type { Dataset } from '../../api/index.ts';
import type { Verdict } from '../../protection/index.ts';
import type { Live } from '../../runtime/index.ts';

/** Which spec of which dataset: another one when the spec is changed, and when another dataset has the name. */
export type SpecVersion = `${string}/${number}`;

/** The spec that a dataset has now. */
export function specVersion({ metadata }: Pick<Live<Dataset>, 'metadata'>): SpecVersion {
  return `${metadata.uid}/${metadata.generation ?? 0}`;
}

/** A look at a source: what was seen is of one spec, and of one moment. */
export interface Look {
  /** The spec by which it was looked at. */
  readonly spec: SpecVersion;
  /** When it came to its end, in wall-clock milliseconds. */
  readonly at: number;
}

/**
 * A look may be so much later than the time by which it is judged, in milliseconds: a run of a controller has one time, that of
 * its beginning, and sources are looked at meanwhile.
 */
const RUN = 15_000;

/**
 * Why what was seen at a look says nothing of a source now; undefined: it does.
 * @param spec that the dataset has now
 * @param lifetime of what was seen, in milliseconds
 */
export function judgeLook(look: Look, spec: SpecVersion, now: number, lifetime: number): Verdict | undefined {
  if (look.spec !== spec)
    return unknown('SpecChanged', 'Its spec was changed, and it was not looked at by the new one yet.');
  const at = new Date(look.at).toISOString();
  const age = now - look.at;
  if (age > lifetime) return unknown('SampleTooOld', `It was last looked at ${at}.`);
  if (age < -RUN)
    return unknown(
      'ClockSetBack',
      `It was last looked at ${at}, which is yet to come: the clock was set back. It is looked at again.`,
    );
  return undefined;
}

function unknown(reason: string, message: string): Verdict {
  return { status: 'Unknown', reason, message };
}
