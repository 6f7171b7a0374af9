import type { Verdict } from '../../protection/index.ts';
import type { PostgresFacts } from '../postgres/facts/postgres-facts.ts';
import { readiness, type SourceJudgement } from '../postgres/judgement/judge-source.ts';
import { judgeLook, type Look, type SpecVersion } from './look.ts';
import { NOT_LOOKED_AT } from './until-looked-at.ts';

/** So often a source is read, in milliseconds. */
export const READ_INTERVAL = 30_000;

/** A sample counts for so long; after it, nothing is known any more. */
export const SAMPLE_LIFETIME = 3 * READ_INTERVAL;

/** What is known of a source at one moment, from readings that are in memory only. */
export interface SourceSample {
  /** The last reading, whether it failed or not; undefined: there was none. */
  readonly look?: Look | undefined;
  /** What was read last, and how it was judged; it stays when later readings fail. */
  readonly facts?: PostgresFacts | undefined;
  readonly judgement?: SourceJudgement | undefined;
  /** When a reading last came to its end, in wall-clock milliseconds. */
  readonly readAt?: number | undefined;
  /** Why the last reading failed; undefined: it did not, or there was none. */
  readonly trouble?: { readonly reason: string; readonly message: string } | undefined;
  /** When the certificate of the guard ends, in wall-clock milliseconds. */
  readonly certificateExpires?: number | undefined;
}

/**
 * Whether a source is ready, by the last sample: what cannot be read now is unknown, whatever it was before.
 * @param spec that its dataset has now
 */
export function judgeSample(
  { look, judgement, trouble }: SourceSample,
  spec: SpecVersion,
  now: number,
): Verdict {
  const stale = look && judgeLook(look, spec, now, SAMPLE_LIFETIME);
  if (stale !== undefined) return stale;
  if (trouble !== undefined) return { status: 'Unknown', ...trouble };
  if (look === undefined || judgement === undefined)
    return { status: 'Unknown', reason: NOT_LOOKED_AT, message: 'It was not read yet.' };
  return readiness(judgement);
}
