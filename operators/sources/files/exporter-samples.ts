import type { Dataset } from '../../api/index.ts';
import type { Verdict } from '../../protection/index.ts';
import { keyOf, type Change, type ChangeSource, type Live, type ObjectKey } from '../../runtime/index.ts';
import { judgeLook, specVersion, type Look } from '../watch/look.ts';
import { NOT_LOOKED_AT } from '../watch/until-looked-at.ts';

/** So often every exporter is looked at, in milliseconds. */
export const LOOK_INTERVAL = 15_000;

/** What was found at a look counts for so long; after it, nothing is known any more. */
export const LOOK_LIFETIME = 4 * LOOK_INTERVAL;

/** What a look at an exporter has found. */
export interface ExporterFinding {
  readonly verdict: Verdict;
  /** Until when its certificate is valid, in wall-clock milliseconds. */
  readonly certificateUntil?: number | undefined;
}

/** What is known of one exporter. */
export interface ExporterSample extends ExporterFinding {
  readonly look: Look;
}

/** What is known of the exporters of which this centre is home, in memory only. */
export class ExporterSamples {
  readonly #samples = new Map<ObjectKey, ExporterSample>();
  readonly #listeners: ((change: Change<ObjectKey>) => void)[] = [];

  /** Tells the key of each dataset of whose exporter something else is known. */
  get changed(): ChangeSource<ObjectKey> {
    return { listen: (listener) => void this.#listeners.push(listener) };
  }

  find(key: ObjectKey): ExporterSample | undefined {
    return this.#samples.get(key);
  }

  /** What a look at the exporter of a dataset, as that is given, has found at a time. */
  learn(dataset: Live<Dataset>, finding: ExporterFinding, at: number): void {
    const key = keyOf(dataset);
    const before = this.#samples.get(key);
    const look = { spec: specVersion(dataset), at };
    this.#samples.set(key, { ...finding, look });
    const { reason, message } = finding.verdict;
    const isKnown = before?.verdict.reason === reason && before.verdict.message === message;
    if (isKnown && before.look.spec === look.spec) return;
    for (const listener of this.#listeners) listener({ key, after: key });
  }

  /** Forgets all others. */
  keepOnly(keys: ReadonlySet<ObjectKey>): void {
    for (const key of [...this.#samples.keys()]) if (!keys.has(key)) this.#samples.delete(key);
  }

  /** What can be said of a dataset now. What was seen by another spec, or too long ago, is not known. */
  judge(dataset: Live<Dataset>, now: number): Verdict {
    const sample = this.#samples.get(keyOf(dataset));
    if (sample === undefined)
      return { status: 'Unknown', reason: NOT_LOOKED_AT, message: 'Its exporter was not looked at yet.' };
    return judgeLook(sample.look, specVersion(dataset), now, LOOK_LIFETIME) ?? sample.verdict;
  }
}
