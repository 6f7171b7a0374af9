import { formatHead, seriesNames } from './exposition.ts';
import type { LabelValues, Metric, Sample } from './metric.ts';
import type { Turns } from './turns.ts';

/** Gives the samples of one moment. */
export type SampleSource = () => Iterable<Sample<string>>;

/** A metric whose series are derived while a page is rendered, and which therefore keeps nothing. */
export class DerivedMetric {
  readonly metric: Metric;
  readonly #head: string;
  readonly #nameOf: (labels: LabelValues<string>) => string;
  readonly #sources: SampleSource[] = [];

  constructor(metric: Metric, help: string) {
    this.metric = metric;
    this.#head = formatHead(metric, help);
    this.#nameOf = seriesNames(metric);
  }

  /** Adds a source; its series stand below those of the sources before it. */
  add(source: SampleSource): void {
    this.#sources.push(source);
  }

  /**
   * The text of the metric, series in the order of their samples.
   * @param failed is told why a source gives no series this time
   */
  async render(turns: Turns, failed: (cause: unknown) => void): Promise<string> {
    const page = new Map<string, number>();
    for (const source of this.#sources) {
      try {
        for (const [name, value] of await this.#derive(source, page, turns)) page.set(name, value);
      } catch (cause) {
        failed(cause);
      }
    }
    let text = this.#head;
    for (const [name, value] of page) text += `${name} ${value}\n`;
    return text;
  }

  /** The series of a source, all or none. Samples are taken in one go, so that they tell of one moment. */
  async #derive(
    source: SampleSource,
    taken: ReadonlyMap<string, number>,
    turns: Turns,
  ): Promise<Map<string, number>> {
    const series = new Map<string, number>();
    for (const { labels, value } of [...source()]) {
      const name = this.#nameOf(labels);
      if (!Number.isFinite(value)) throw new RangeError(`the value of ${name} is ${value}`);
      if (series.has(name) || taken.has(name)) throw new RangeError(`${name} is given a second time`);
      series.set(name, value);
      if (turns.written(1)) await turns.pass();
    }
    return series;
  }
}
