import type { PlainRequest } from '../../centres/centre-session.ts';

/** A Secret as a test API server keeps it. */
interface StoredSecret {
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly data: Readonly<Record<string, string>>;
}

/** What a client sends: a Secret, or conditions under which one is deleted. */
interface SentBody extends Partial<StoredSecret> {
  readonly metadata?: StoredSecret['metadata'] & { readonly resourceVersion?: string };
  readonly preconditions?: { readonly resourceVersion?: string };
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** The Secrets of several centres, as their API servers answer requests for them. */
export class SecretsInMemory {
  /** By centre, namespace and name: `remote-dr tax/admin`. */
  readonly stored = new Map<string, StoredSecret>();
  /** Requests that are answered with a status instead: `remote-dr POST`. */
  readonly refused = new Map<string, number>();
  /** As which version each was written, by the same names. */
  readonly #versions = new Map<string, string>();
  #writes = 0;

  /** Puts a Secret into a centre. */
  keep(
    key: string,
    values: Readonly<Record<string, string>>,
    annotations: Readonly<Record<string, string>> = {},
  ): void {
    const data = Object.entries(values).map(([name, value]) => [name, Buffer.from(value).toString('base64')]);
    const metadata = { name: key.replace(/.*\//, ''), annotations };
    this.#store(key, { metadata, data: Object.fromEntries(data) as Record<string, string> });
  }

  /** What stands in a Secret; empty where there is none. */
  values(key: string): Record<string, string> {
    const entries = Object.entries(this.stored.get(key)?.data ?? {});
    const decoded = entries.map(([name, value]) => [name, Buffer.from(value, 'base64').toString()]);
    return Object.fromEntries(decoded) as Record<string, string>;
  }

  /** As the API server of a centre answers. */
  answer(centre: string, { method, path, body }: PlainRequest): Answer {
    const [, namespace = '', name, query] =
      /namespaces\/([^/]+)\/secrets(?:\/([^?]+))?(?:\?(.+))?$/.exec(path) ?? [];
    const sent = (body ?? {}) as SentBody; // what the command sends
    const key = `${centre} ${namespace}/${name ?? sent.metadata?.name ?? ''}`;
    const refused = this.refused.get(`${centre} ${method}`);
    // That of the superuser is not what a test of refusals is about.
    if (refused !== undefined && name !== 'admin') return { status: refused, body: {} };
    if (method === 'POST') return this.#create(key, sent, query === 'dryRun=All');
    const wanted = sent.metadata?.resourceVersion ?? sent.preconditions?.resourceVersion;
    if (!this.stored.has(key)) return { status: 404, body: {} };
    if (wanted !== undefined && wanted !== this.#versions.get(key)) return { status: 409, body: {} };
    if (method === 'PUT') this.#store(key, secretOf(sent));
    const answer = { status: 200, body: this.#shown(key) };
    if (method === 'DELETE') this.stored.delete(key);
    return answer;
  }

  #create(key: string, sent: SentBody, dry: boolean): Answer {
    if (this.stored.has(key)) return { status: 409, body: {} };
    if (dry) return { status: 201, body: sent };
    this.#store(key, secretOf(sent));
    return { status: 201, body: this.#shown(key) };
  }

  #store(key: string, secret: StoredSecret): void {
    this.#writes += 1;
    this.#versions.set(key, String(this.#writes));
    this.stored.set(key, secret);
  }

  #shown(key: string): unknown {
    const { metadata, data } = this.stored.get(key) ?? {};
    return { metadata: { ...metadata, resourceVersion: this.#versions.get(key) }, data };
  }
}

/** What is kept of a Secret that was sent: its version is the server's. */
function secretOf({ metadata, data = {} }: SentBody): StoredSecret {
  const { name = '', annotations = {} } = metadata ?? {};
  return { metadata: { name, annotations }, data };
}
