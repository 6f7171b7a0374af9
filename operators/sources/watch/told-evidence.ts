import type { Dataset } from '../../api/index.ts';
import type { SourceEvidence, Verdict } from '../../protection/index.ts';
import {
  keyOf,
  trigger,
  type Change,
  type ChangeSource,
  type Clock,
  type Live,
  type ObjectKey,
} from '../../runtime/index.ts';
import { judgeElsewhere } from './judge-elsewhere.ts';
import { specVersion, type SpecVersion } from './look.ts';
import { judgeSample } from './source-sample.ts';
import type { WatchedSources } from './watched-sources.ts';

/** What is only told otherwise, and means the same, is told so often, in milliseconds. */
const TELL_INTERVAL = 60_000;

/** What the evidence is made of. */
export interface EvidenceParts {
  /** Where it is known how sources are. */
  readonly sources: Pick<WatchedSources, 'sample' | 'sampled'>;
  /** Changes of datasets: of one that is gone, nothing is kept. */
  readonly datasets: ChangeSource<Live<Dataset>>;
  /** This one. */
  readonly centre: string;
  readonly clock: Pick<Clock, 'now'>;
}

/** What the controller was told of a dataset last. */
interface Told {
  readonly verdict: Verdict;
  readonly spec: SpecVersion;
  readonly at: number;
}

/**
 * What the Dataset controller is told of sources. Samples come every half minute and differ each time: what is told changes at
 * once when a source becomes fit or unfit, or for another reason, or when the spec is another; else once a minute.
 */
export function toldEvidence(parts: EvidenceParts): SourceEvidence {
  const { sources, datasets, centre } = parts;
  const told = new Map<ObjectKey, Told>();
  datasets.listen(({ key, after }) => {
    if (after === undefined) told.delete(key);
  });
  return {
    judge: (dataset, now, home) => {
      if (dataset.spec.postgres === undefined) return undefined;
      const key = keyOf(dataset);
      const spec = specVersion(dataset);
      const verdict = judgeElsewhere(home, centre) ?? judgeSample(sources.sample(key) ?? {}, spec, now);
      const last = told.get(key);
      if (last?.spec === spec && sameClass(last.verdict, verdict) && isRecent(last, now)) return last.verdict;
      told.set(key, { verdict, spec, at: now });
      return verdict;
    },
    triggers: [trigger<ObjectKey>(onlyNews(parts, told), (key) => [key])],
  };
}

/** Samples that the controller has to hear of: the others would only make it run. */
function onlyNews(
  { sources, clock }: EvidenceParts,
  told: ReadonlyMap<ObjectKey, Told>,
): ChangeSource<ObjectKey> {
  const isNews = ({ key }: Change<ObjectKey>): boolean => {
    const sample = sources.sample(key);
    const last = told.get(key);
    if (sample === undefined || last === undefined) return true;
    const now = clock.now();
    const verdict = judgeSample(sample, last.spec, now);
    if (!sameClass(last.verdict, verdict)) return true;
    return last.verdict.message !== verdict.message && !isRecent(last, now);
  };
  return {
    listen: (listener) => {
      sources.sampled.listen((change) => {
        if (isNews(change)) listener(change);
      });
    },
  };
}

function sameClass(one: Verdict, other: Verdict): boolean {
  return one.status === other.status && one.reason === other.reason;
}

/** What was told later than now was told before the clock was set back: nobody knows how long ago. */
function isRecent({ at }: Told, now: number): boolean {
  return now >= at && now - at < TELL_INTERVAL;
}
