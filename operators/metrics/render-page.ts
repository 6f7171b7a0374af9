import { Turns } from './turns.ts';

/** One metric of a page. */
export interface MetricText {
  readonly name: string;
  /** HELP, TYPE and series as they are now, with a line break at the end. */
  readonly render: (turns: Turns) => Promise<string>;
}

/** A page in Prometheus' text format. */
export interface MetricPage {
  readonly text: Buffer;
  readonly series: number;
}

/** Lines above the series of a metric. */
const HEAD_LINES = 2;

/** Renders metrics one after the other, lets the program run in between, and puts them in the order of their names. */
export async function renderPage(metrics: Iterable<MetricText>): Promise<MetricPage> {
  const turns = new Turns();
  const texts = new Map<string, Buffer>();
  let series = 0;
  for (const { name, render } of metrics) {
    const text = await render(turns);
    const written = countLines(text) - HEAD_LINES;
    series += written;
    texts.set(name, Buffer.from(text));
    if (turns.written(written)) await turns.pass();
  }
  const inOrder = [...texts].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, text]) => text);
  return { text: Buffer.concat(inOrder), series };
}

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
