/** A series of a metrics page. */
interface Series {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Values that labels of a series must have. */
type Selection = Readonly<Record<string, string>>;

/** What a metrics page said when it was read. */
export class MetricsReading {
  readonly #series: readonly Series[];

  /** @param text in Prometheus' text format */
  constructor(text: string) {
    this.#series = text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map(parseSeries);
  }

  /** How many series there are. */
  get size(): number {
    return this.#series.length;
  }

  /** Sum of the series of a metric that are selected; 0 where there is none. */
  sum({ name }: { readonly name: string }, selection: Selection = {}): number {
    return this.#select(name, selection).reduce((sum, { value }) => sum + value, 0);
  }

  /** Values of a label that a metric has. */
  values({ name }: { readonly name: string }, label: string): readonly string[] {
    return [...new Set(this.#select(name, {}).flatMap(({ labels }) => labels[label] ?? []))].sort();
  }

  #select(name: string, selection: Selection): readonly Series[] {
    const wanted = Object.entries(selection);
    return this.#series.filter(
      (series) => series.name === name && wanted.every(([label, value]) => series.labels[label] === value),
    );
  }
}

function parseSeries(line: string): Series {
  const [, name, labels = '', value] = /^([\w:]+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
  if (name === undefined) throw new Error(`not a line of a metrics page: ${line}`);
  const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)];
  return {
    name,
    labels: Object.fromEntries(pairs.map(([, label = '', text = '']) => [label, text])),
    value: Number(value),
  };
}
