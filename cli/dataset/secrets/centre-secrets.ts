import { z } from 'zod';
import type { CentreSession } from '../../centres/centre-session.ts';
import { CliError } from '../../cli-error.ts';
import type { Say } from '../../messages/say.ts';
import type { SecretKey } from './access-places.ts';

/** How long one request may take, in milliseconds. */
const PATIENCE = 10_000;

/** On a Secret that cert-manager keeps: it is left alone. */
const ISSUED_BY_OTHERS = 'cert-manager.io/certificate-name';

/** A Secret as a centre has it. `unreadable`: whoever asks may not read it, so that nobody knows. */
export type FoundSecret =
  | { readonly state: 'absent' | 'unreadable' }
  | {
      readonly state: 'present';
      readonly values: Readonly<Record<string, string>>;
      /** Whether an issuer keeps it. */
      readonly issued: boolean;
    };

/** A Secret as it is to be. */
export interface WantedSecret extends SecretKey {
  readonly type: 'Opaque' | 'kubernetes.io/tls';
  readonly values: Readonly<Record<string, string>>;
}

/** The Secrets of one centre. */
export interface CentreSecrets {
  /** What was written here is known, also to who may not read it. */
  read(key: SecretKey): Promise<FoundSecret>;
  write(secret: WantedSecret): Promise<void>;
  remove(key: SecretKey): Promise<void>;
}

const secretSchema = z.object({
  metadata: z.object({ annotations: z.record(z.string(), z.string()).optional() }),
  data: z.record(z.string(), z.base64()).default({}),
});

/**
 * The Secrets of a centre, through its API server. No error quotes what stands in one.
 * @param limit ends what lasts too long; made anew for each request
 */
export function centreSecrets(
  centre: string,
  session: CentreSession,
  say: Say,
  limit: () => AbortSignal = () => AbortSignal.timeout(PATIENCE),
): CentreSecrets {
  const written = new Map<string, FoundSecret>();
  const send = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object) =>
    session.send({ method, path, ...(body && { body }) }, limit()).catch((cause: unknown) => {
      throw new CliError('ZB-CLI-014', say('centreSilent', { centre }), { cause });
    });
  const refused = (action: string, { namespace, name }: SecretKey, status: number): CliError =>
    new CliError(
      'ZB-CLI-014',
      say('secretRefused', { centre, action, secret: `${namespace}/${name}`, status }),
    );
  return {
    async read(key) {
      const path = pathOf(key);
      const { status, body } = await send('GET', path);
      if (status === 404) return { state: 'absent' };
      if (status === 403) return written.get(path) ?? { state: 'unreadable' };
      const secret = secretSchema.safeParse(body).data;
      if (status !== 200 || secret === undefined) throw refused('get', key, status);
      return {
        state: 'present',
        values: mapValues(secret.data, (value) => Buffer.from(value, 'base64').toString()),
        issued: secret.metadata.annotations?.[ISSUED_BY_OTHERS] !== undefined,
      };
    },
    async write({ namespace, name, type, values }) {
      const data = mapValues(values, (value) => Buffer.from(value).toString('base64'));
      const body = { apiVersion: 'v1', kind: 'Secret', type, metadata: { namespace, name }, data };
      const path = pathOf({ namespace, name });
      // Created first: whoever may not read Secrets may do so, and the answer shows nothing of what was there.
      const created = await send('POST', pathOf({ namespace }), body);
      const { status } = created.status === 409 ? await send('PUT', path, body) : created;
      if (status !== 200 && status !== 201) throw refused('create, update', { namespace, name }, status);
      written.set(path, { state: 'present', values, issued: false });
    },
    async remove(key) {
      const path = pathOf(key);
      const { status } = await send('DELETE', path);
      if (status !== 200 && status !== 404) throw refused('delete', key, status);
      written.delete(path);
    },
  };
}

function pathOf({ namespace, name }: { readonly namespace: string; readonly name?: string }): string {
  const secrets = `/api/v1/namespaces/${namespace}/secrets`;
  return name === undefined ? secrets : `${secrets}/${name}`;
}

function mapValues(
  record: Readonly<Record<string, string>>,
  change: (value: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
