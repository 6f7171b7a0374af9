import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';

import { prometheusContentType } from 'prom-client';

/** What a page is rendered from. */
export interface PageSource {
  render(): Promise<Buffer>;
}

/** An answer to a scrape. */
export interface ScrapeAnswer {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** How old a page may be that is served again, in milliseconds: a fraction of a usual interval between scrapes. */
export const PAGE_MAX_AGE = 5_000;

/** What a metrics page can be told. */
export interface MetricsPageOptions {
  /** How old a page may be that is served again, in milliseconds. Default: {@link PAGE_MAX_AGE}. */
  readonly maxAge?: number | undefined;
  /** Milliseconds that never go back. Default: the machine's. */
  readonly elapsed?: (() => number) | undefined;
}

/** A rendered page; compressed once, when somebody first asks for that. */
interface Rendering {
  readonly begun: number;
  done: boolean;
  readonly text: Promise<Buffer>;
  compressed?: Promise<Buffer>;
}

const compress = promisify(gzip);

/**
 * The page that scrapes are answered with. However many ask, it is rendered once per `maxAge`, and never twice at a time;
 * compression runs on a thread of its own.
 */
export class MetricsPage {
  readonly #source: PageSource;
  readonly #maxAge: number;
  readonly #elapsed: () => number;
  #latest: Rendering | undefined;

  constructor(source: PageSource, { maxAge = PAGE_MAX_AGE, elapsed }: MetricsPageOptions = {}) {
    this.#source = source;
    this.#maxAge = maxAge;
    this.#elapsed = elapsed ?? (() => performance.now());
  }

  /**
   * The page, at most `maxAge` old.
   * @param acceptEncoding header of the request: the page is compressed where it allows gzip
   */
  async read(acceptEncoding = ''): Promise<ScrapeAnswer> {
    const rendering = this.#fresh();
    const text = await rendering.text;
    const headers = { 'content-type': prometheusContentType, vary: 'accept-encoding' };
    if (!allowsGzip(acceptEncoding)) return { body: text, headers };
    rendering.compressed ??= compress(text, { level: constants.Z_BEST_SPEED });
    return { body: await rendering.compressed, headers: { ...headers, 'content-encoding': 'gzip' } };
  }

  #fresh(): Rendering {
    const now = this.#elapsed();
    const latest = this.#latest;
    if (latest !== undefined && (!latest.done || now - latest.begun < this.#maxAge)) return latest;
    const rendering: Rendering = { begun: now, done: false, text: this.#source.render() };
    this.#latest = rendering;
    rendering.text.then(
      () => (rendering.done = true),
      () => (this.#latest = undefined), // whoever asks next tries again
    );
    return rendering;
  }
}

function allowsGzip(acceptEncoding: string): boolean {
  return acceptEncoding
    .split(',')
    .some((coding) => /^\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*$).*)?$/i.test(coding));
}
