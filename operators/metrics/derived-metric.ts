import { formatHead, seriesNames } from './exposition.ts';
import type { LabelValues, Metric, Sample } from './metric.ts';
import type { RenderedMetric } from './render-page.ts';
import type { Turns } from './turns.ts';

/** Gives the samples of one moment. */
export type SampleSource = () => Iterable<Sample<string>>;

/** What came of one source. */
interface WrittenSeries {
  readonly names: ReadonlySet<string>;
  readonly text: readonly Buffer[];
}

/** A metric whose series are derived while a page is rendered, and which therefore keeps nothing. */
export class DerivedMetric {
  readonly metric: Metric;
  readonly #head: Buffer;
  readonly #nameOf: (labels: LabelValues<string>) => string;
  readonly #sources: SampleSource[] = [];

  constructor(metric: Metric, help: string) {
    this.metric = metric;
    this.#head = Buffer.from(formatHead(metric, help));
    this.#nameOf = seriesNames(metric);
  }

  /** Adds a source; its series stand below those of the sources before it. */
  add(source: SampleSource): void {
    this.#sources.push(source);
  }

  /**
   * Writes the metric, series in the order of their samples.
   * @param failed is told why a source gives no series this time
   */
  async render(turns: Turns, failed: (cause: unknown) => void): Promise<RenderedMetric> {
    const written: WrittenSeries[] = [];
    for (const source of this.#sources) {
      try {
        written.push(await this.#write(source, written, turns));
      } catch (cause) {
        failed(cause);
      }
    }
    return {
      text: [this.#head, ...written.flatMap(({ text }) => text)],
      series: written.reduce((sum, { names }) => sum + names.size, 0),
    };
  }

  /** The series of a source, all or none. Samples are taken in one go, so that they tell of one moment. */
  async #write(
    source: SampleSource,
    earlier: readonly WrittenSeries[],
    turns: Turns,
  ): Promise<WrittenSeries> {
    const names = new Set<string>();
    const text: Buffer[] = [];
    let lines = '';
    for (const { labels, value } of [...source()]) {
      const name = this.#nameOf(labels);
      if (!Number.isFinite(value)) throw new RangeError(`the value of ${name} is ${value}`);
      if (names.has(name) || earlier.some((other) => other.names.has(name)))
        throw new RangeError(`${name} is given a second time`);
      names.add(name);
      lines += `${name} ${value}\n`;
      if (turns.written(1)) {
        text.push(Buffer.from(lines));
        lines = '';
        await turns.pass();
      }
    }
    text.push(Buffer.from(lines));
    return { names, text };
  }
}
