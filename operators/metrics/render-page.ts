import { Turns } from './turns.ts';

/** One metric as it stands on a page. */
export interface RenderedMetric {
  /** HELP, TYPE and series, with a line break at the end. In parts, because joining a long text holds up the program. */
  readonly text: readonly Buffer[];
  readonly series: number;
}

/** A metric that can be put on a page. */
export interface PageMetric {
  readonly name: string;
  readonly render: (turns: Turns) => Promise<RenderedMetric>;
}

/** A page in Prometheus' text format. */
export interface RenderedPage {
  readonly text: Buffer;
  readonly series: number;
}

/** Renders metrics one after the other, lets the program run in between, and puts them in the order of their names. */
export async function renderPage(metrics: Iterable<PageMetric>): Promise<RenderedPage> {
  const turns = new Turns();
  const texts = new Map<string, readonly Buffer[]>();
  let total = 0;
  for (const { name, render } of metrics) {
    const { text, series } = await render(turns);
    texts.set(name, text);
    total += series;
  }
  const inOrder = [...texts].sort(([one], [other]) => (one < other ? -1 : 1)).flatMap(([, text]) => text);
  return { text: Buffer.concat(inOrder), series: total };
}
