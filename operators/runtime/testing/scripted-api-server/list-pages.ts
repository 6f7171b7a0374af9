import { Refusal, statusObject } from './status-object.ts';

/** What is left of a list of which pages have been read. */
interface Rest {
  readonly items: readonly unknown[];
  readonly version: string;
}

const TOO_OLD = 'The provided continue parameter is too old to display a consistent list';

/** Hands lists out in pages, each list as it was when its first page was read. */
export class ListPages {
  readonly #rests = new Map<string, Rest>();
  #tokens = 0;

  /** Makes every page that has not been read yet too old. */
  expire(): void {
    this.#rests.clear();
  }

  /**
   * The page that was asked for.
   * @param query `limit` and `continue` of the request
   * @throws Refusal (Expired)
   */
  page(query: URLSearchParams, version: string, all: () => readonly unknown[]): object {
    const token = query.get('continue');
    const begun = token === null ? { items: all(), version } : this.#rests.get(token);
    if (begun === undefined) throw new Refusal(statusObject(410, 'Expired', TOO_OLD));
    const limit = Number(query.get('limit') ?? Infinity);
    const rest = begun.items.slice(limit);
    this.#tokens += 1;
    const next = rest.length === 0 ? '' : `page-${this.#tokens}`;
    if (next !== '') this.#rests.set(next, { items: rest, version: begun.version });
    const metadata = { resourceVersion: begun.version, continue: next };
    return { kind: 'List', apiVersion: 'v1', metadata, items: begun.items.slice(0, limit) };
  }
}
