import type { PlainRequest } from '../../centres/centre-session.ts';

/** A Secret as a test API server keeps it. */
interface StoredSecret {
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly data: Readonly<Record<string, string>>;
}

/** The Secrets of several centres, as their API servers answer requests for them. */
export class SecretsInMemory {
  /** By centre, namespace and name: `remote-dr tax/admin`. */
  readonly stored = new Map<string, StoredSecret>();
  /** Requests that are answered with a status instead: `remote-dr POST`. */
  readonly refused = new Map<string, number>();

  /** Puts a Secret into a centre. */
  keep(
    key: string,
    values: Readonly<Record<string, string>>,
    annotations: Readonly<Record<string, string>> = {},
  ): void {
    const data = Object.entries(values).map(([name, value]) => [name, Buffer.from(value).toString('base64')]);
    const metadata = { name: key.replace(/.*\//, ''), annotations };
    this.stored.set(key, { metadata, data: Object.fromEntries(data) as Record<string, string> });
  }

  /** What stands in a Secret; empty where there is none. */
  values(key: string): Record<string, string> {
    const entries = Object.entries(this.stored.get(key)?.data ?? {});
    const decoded = entries.map(([name, value]) => [name, Buffer.from(value, 'base64').toString()]);
    return Object.fromEntries(decoded) as Record<string, string>;
  }

  /** As the API server of a centre answers. */
  answer(centre: string, { method, path, body }: PlainRequest): { status: number; body: unknown } {
    const [, namespace = '', name] = /namespaces\/([^/]+)\/secrets(?:\/(.+))?$/.exec(path) ?? [];
    const written = body as StoredSecret | undefined; // what the command writes
    const key = `${centre} ${namespace}/${name ?? written?.metadata.name ?? ''}`;
    const found = this.stored.get(key);
    const refused = this.refused.get(`${centre} ${method}`);
    // That of the superuser is not what a test of refusals is about.
    if (refused !== undefined && name !== 'admin') return { status: refused, body: {} };
    if (method === 'POST' && found !== undefined) return { status: 409, body: {} };
    if (method !== 'POST' && found === undefined) return { status: 404, body: {} };
    if (method === 'DELETE') this.stored.delete(key);
    if ((method === 'POST' || method === 'PUT') && written !== undefined) this.stored.set(key, written);
    return { status: method === 'POST' ? 201 : 200, body: method === 'GET' ? found : {} };
  }
}
