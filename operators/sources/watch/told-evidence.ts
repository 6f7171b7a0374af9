import type { SourceEvidence, Verdict } from '../../protection/index.ts';
import { keyOf, trigger, type ChangeSource, type ObjectKey } from '../../runtime/index.ts';
import { judgeElsewhere } from './judge-elsewhere.ts';
import { judgeSample } from './source-sample.ts';
import type { WatchedSources } from './watched-sources.ts';

/** What is only told otherwise, and means the same, is told so often, in milliseconds. */
const TELL_INTERVAL = 60_000;

/** Where it is known how sources are. */
export type KnownSources = Pick<WatchedSources, 'sample' | 'sampled'>;

interface Told {
  readonly verdict: Verdict;
  readonly at: number;
}

/**
 * What the Dataset controller is told of sources. Samples come every half minute and differ each time: what is told changes at
 * once when a source becomes fit or unfit, or for another reason, and else once a minute.
 */
export function toldEvidence(sources: KnownSources, centre: string): SourceEvidence {
  const told = new Map<ObjectKey, Told>();
  return {
    judge: (dataset, now, home) => {
      if (dataset.spec.postgres === undefined) return undefined;
      const key = keyOf(dataset);
      const verdict = judgeElsewhere(home, centre) ?? judgeSample(sources.sample(key) ?? {}, now);
      const last = told.get(key);
      if (last !== undefined && sameClass(last.verdict, verdict) && now - last.at < TELL_INTERVAL)
        return last.verdict;
      told.set(key, { verdict, at: now });
      return verdict;
    },
    triggers: [trigger<ObjectKey>(onlyNews(sources, told), (key) => [key])],
  };
}

/** Samples that the controller has to hear of: the others would only make it run. */
function onlyNews(sources: KnownSources, told: ReadonlyMap<ObjectKey, Told>): ChangeSource<ObjectKey> {
  return {
    listen: (listener) => {
      sources.sampled.listen((change) => {
        const sample = sources.sample(change.key);
        const last = told.get(change.key);
        if (sample !== undefined && last !== undefined) {
          const now = sample.readAt ?? last.at;
          const verdict = judgeSample(sample, now);
          const known = last.verdict.message === verdict.message || now - last.at < TELL_INTERVAL;
          if (sameClass(last.verdict, verdict) && known) return;
        }
        listener(change);
      });
    },
  };
}

function sameClass(one: Verdict, other: Verdict): boolean {
  return one.status === other.status && one.reason === other.reason;
}
