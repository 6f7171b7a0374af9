import type { CentreSession } from '../../centres/centre-session.ts';
import { CliError } from '../../cli-error.ts';
import type { Say } from '../../messages/say.ts';
import type { SecretKey } from './access-places.ts';
import { secretSchema, valuesOf, type FoundSecret, type WantedSecret } from './found-secret.ts';

/** How long one request may take, in milliseconds. */
const PATIENCE = 10_000;

/** On a Secret that cert-manager keeps: it is left alone. */
const ISSUED_BY_OTHERS = 'cert-manager.io/certificate-name';

/** The Secrets of one centre. Each call throws a CliError `ZB-CLI-014` where the centre does not answer, or refuses. */
export interface CentreSecrets {
  /** What was written or removed here is known, also to who may not read it. */
  read(key: SecretKey): Promise<FoundSecret>;
  /** Whether there is one, as who may create Secrets can tell without reading any; undefined: who may not. */
  isThere(key: SecretKey): Promise<boolean | undefined>;
  /** @param before what was read: one that is not like this any more is left alone, and that is an error */
  write(secret: WantedSecret, before: FoundSecret): Promise<void>;
  /** @param before as of `write` */
  remove(key: SecretKey, before: FoundSecret): Promise<void>;
}

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
  const known = new Map<string, FoundSecret>();
  const send = (method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object) =>
    session.send({ method, path, ...(body && { body }) }, limit()).catch((cause: unknown) => {
      throw new CliError('ZB-CLI-014', say('centreSilent', { centre }), { cause });
    });
  const told = ({ namespace, name }: SecretKey) => ({ centre, secret: `${namespace}/${name}` });
  const refused = (action: string, key: SecretKey, status: number): CliError =>
    new CliError('ZB-CLI-014', say('secretRefused', { ...told(key), action, status }));
  const changed = (key: SecretKey): CliError => new CliError('ZB-CLI-014', say('secretChanged', told(key)));
  return {
    async read(key) {
      const path = pathOf(key);
      const { status, body } = await send('GET', path);
      if (status === 404) return { state: 'absent' };
      if (status === 403) return known.get(path) ?? { state: 'unreadable' };
      const secret = secretSchema.safeParse(body).data;
      if (status !== 200 || secret === undefined) throw refused('get', key, status);
      const { annotations, resourceVersion } = secret.metadata;
      const issued = annotations?.[ISSUED_BY_OTHERS] !== undefined;
      return { state: 'present', values: valuesOf(secret), issued, version: resourceVersion };
    },
    async isThere({ namespace, name }) {
      const body = { apiVersion: 'v1', kind: 'Secret', metadata: { namespace, name } };
      // The server does everything but keep it, so that a name that is taken is refused.
      const { status } = await send('POST', `${pathOf({ namespace })}?dryRun=All`, body);
      if (status === 409) return true;
      // 404: there is no such namespace.
      return status === 201 || status === 404 ? false : undefined;
    },
    async write({ namespace, name, type, values }, before) {
      const key = { namespace, name };
      const version = before.state === 'present' ? before.version : undefined;
      const data = Object.entries(values).map(([field, value]) => [
        field,
        Buffer.from(value).toString('base64'),
      ]);
      const metadata = { ...key, ...(version !== undefined && { resourceVersion: version }) };
      const body = {
        apiVersion: 'v1',
        kind: 'Secret',
        type,
        metadata,
        data: Object.fromEntries(data) as object,
      };
      const create = () => send('POST', pathOf({ namespace }), body);
      const update = () => send('PUT', pathOf(key), body);
      let answer = before.state === 'present' ? await update() : await create();
      // Whoever may not read Secrets may write them, and the answer shows nothing of what was there.
      if (before.state === 'unreadable' && answer.status === 409) answer = await update();
      const { status } = answer;
      if (status === 409 || (status === 404 && before.state === 'present')) throw changed(key);
      if (status !== 200 && status !== 201) throw refused('create, update', key, status);
      const stored = secretSchema.safeParse(answer.body).data?.metadata.resourceVersion;
      known.set(pathOf(key), { state: 'present', values, issued: false, version: stored });
    },
    async remove(key, before) {
      const path = pathOf(key);
      const version = before.state === 'present' ? before.version : undefined;
      const preconditions = { resourceVersion: version };
      const body = { apiVersion: 'v1', kind: 'DeleteOptions', preconditions };
      const { status } = await send('DELETE', path, body);
      if (status === 409) throw changed(key);
      if (status !== 200 && status !== 404) throw refused('delete', key, status);
      known.set(path, { state: 'absent' });
    },
  };
}

function pathOf({ namespace, name }: { readonly namespace: string; readonly name?: string }): string {
  const secrets = `/api/v1/namespaces/${namespace}/secrets`;
  return name === undefined ? secrets : `${secrets}/${name}`;
}
