import { z } from 'zod';
import type { CentreSession } from '../centres/centre-session.ts';
import { CliError } from '../cli-error.ts';
import type { Say } from '../messages/say.ts';

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
export interface WantedSecret {
  readonly namespace: string;
  readonly name: string;
  readonly type: 'Opaque' | 'kubernetes.io/tls';
  readonly values: Readonly<Record<string, string>>;
}

/** The Secrets of one centre. */
export interface CentreSecrets {
  read(namespace: string, name: string): Promise<FoundSecret>;
  write(secret: WantedSecret): Promise<void>;
  remove(namespace: string, name: string): Promise<void>;
}

const secretSchema = z.object({
  metadata: z.object({ annotations: z.record(z.string(), z.string()).optional() }),
  data: z.record(z.string(), z.base64()).default({}),
});

/** The Secrets of a centre, through its API server. No error quotes what stands in one. */
export function centreSecrets(centre: string, session: CentreSession, say: Say): CentreSecrets {
  const send = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object) =>
    session
      .send({ method, path, ...(body && { body }) }, AbortSignal.timeout(PATIENCE))
      .catch((cause: unknown) => {
        throw new CliError('ZB-CLI-014', say('centreSilent', { centre }), { cause });
      });
  const refused = (action: string, path: string, status: number): CliError =>
    new CliError('ZB-CLI-014', say('secretRefused', { centre, action, secret: nameOf(path), status }));
  return {
    async read(namespace, name) {
      const path = pathOf(namespace, name);
      const { status, body } = await send('GET', path);
      if (status === 404) return { state: 'absent' };
      if (status === 403) return { state: 'unreadable' };
      const secret = secretSchema.safeParse(body).data;
      if (status !== 200 || secret === undefined) throw refused('get', path, status);
      const values = Object.entries(secret.data).map(([key, value]) => [
        key,
        Buffer.from(value, 'base64').toString(),
      ]);
      return {
        state: 'present',
        values: Object.fromEntries(values) as Record<string, string>, // made of entries of two texts
        issued: secret.metadata.annotations?.[ISSUED_BY_OTHERS] !== undefined,
      };
    },
    async write({ namespace, name, type, values }) {
      const data = Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
      const body = {
        apiVersion: 'v1',
        kind: 'Secret',
        type,
        metadata: { namespace, name },
        data: Object.fromEntries(data) as object,
      };
      const path = pathOf(namespace, name);
      // Created first: whoever may not read Secrets may do so, and the answer shows nothing of what was there.
      const created = await send('POST', pathOf(namespace), body);
      if (created.status === 201) return;
      const { status } = created.status === 409 ? await send('PUT', path, body) : created;
      if (status !== 200) throw refused('create, update', path, status);
    },
    async remove(namespace, name) {
      const path = pathOf(namespace, name);
      const { status } = await send('DELETE', path);
      if (status !== 200 && status !== 404) throw refused('delete', path, status);
    },
  };
}

function pathOf(namespace: string, name?: string): string {
  const secrets = `/api/v1/namespaces/${namespace}/secrets`;
  return name === undefined ? secrets : `${secrets}/${name}`;
}

function nameOf(path: string): string {
  return path.replace('/api/v1/namespaces/', '').replace('/secrets', '');
}
