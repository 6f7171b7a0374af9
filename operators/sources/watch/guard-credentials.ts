import { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { copiesNamespace } from '../../api/layout/namespaces.ts';
import {
  accessIdentity,
  certificateSecretName,
  passwordSecretName,
  type DatasetName,
} from '../../api/layout/source-access.ts';
import type { ApiClient, ApiObject, ResourceType } from '../../runtime/index.ts';
import { SourceError } from '../source-error.ts';

/** By what the guard of a dataset enters its database. */
export interface GuardCredentials {
  readonly user: string;
  readonly password: string;
  readonly identity: { readonly certificate: string; readonly key: string };
  readonly authority: string;
  /** When the certificate ends, in wall-clock milliseconds. */
  readonly expires: number;
  /** Another one as soon as either Secret is written anew. */
  readonly version: string;
}

/** A Secret with what it holds, decoded. It is in memory while it is used, and nowhere else. */
interface Secret extends ApiObject {
  readonly values: Readonly<Record<string, string>>;
}

const dataSchema = z.object({ data: z.record(z.string(), z.base64()) });

const secretType: ResourceType<Secret> = {
  apiVersion: 'v1',
  kind: 'Secret',
  plural: 'secrets',
  scope: 'Namespaced',
  keep: (parsed) => {
    const { name, namespace, uid, resourceVersion } = parsed.metadata;
    const data = dataSchema.safeParse(parsed).data?.data ?? {};
    return {
      apiVersion: parsed.apiVersion,
      kind: parsed.kind,
      metadata: { name, namespace, uid, resourceVersion },
      values: Object.fromEntries(
        Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]),
      ),
    };
  },
};

const passwordSchema = z.object({ username: z.string().min(1), password: z.string().min(1) });

const certificateSchema = z.object({
  'tls.crt': z.string().min(1),
  'tls.key': z.string().min(1),
  'ca.crt': z.string().min(1),
});

/**
 * Reads the two Secrets of the guard of a dataset from the centre that the client is of.
 * @throws SourceError `NotPrepared` where one is not there or holds something else; ApiError
 */
export async function readGuardCredentials(
  client: ApiClient,
  dataset: DatasetName,
  signal: AbortSignal,
): Promise<GuardCredentials> {
  const namespace = copiesNamespace(dataset.namespace);
  const password = `${namespace}/${passwordSecretName('guard', dataset.name)}`;
  const certificate = `${namespace}/${certificateSecretName('guard', dataset.name)}`;
  const secrets = await Promise.all(
    [password, certificate].map((key) => client.find(secretType, key, { signal })),
  );
  const [passwordSecret, certificateSecret] = secrets;
  const access = understood(passwordSchema, passwordSecret, password, dataset);
  const tls = understood(certificateSchema, certificateSecret, certificate, dataset);
  if (access.username !== accessIdentity('guard', dataset)) {
    throw notPrepared(dataset, `The Secret ${password} is of another role (${access.username}).`);
  }
  return {
    user: access.username,
    password: access.password,
    identity: { certificate: tls['tls.crt'], key: tls['tls.key'] },
    authority: tls['ca.crt'],
    expires: expiryOf(tls['tls.crt'], () =>
      notPrepared(dataset, `The Secret ${certificate} has no certificate.`),
    ),
    version: secrets.map((secret) => secret?.metadata.resourceVersion).join(),
  };
}

function understood<T>(
  schema: z.ZodType<T>,
  secret: Secret | undefined,
  key: string,
  dataset: DatasetName,
): T {
  if (secret === undefined) throw notPrepared(dataset, `There is no Secret ${key}.`);
  const { success, data, error } = schema.safeParse(secret.values);
  if (success) return data;
  // The names of what is missing, never what is there.
  const missing = error.issues.map(({ path }) => path.join('.')).join(', ');
  throw notPrepared(dataset, `The Secret ${key} lacks ${missing}.`);
}

function expiryOf(certificate: string, unreadable: () => SourceError): number {
  try {
    return new X509Certificate(certificate).validToDate.getTime();
  } catch {
    throw unreadable();
  }
}

function notPrepared({ namespace, name }: DatasetName, happened: string): SourceError {
  const remedy = `Run "npx zaibei dataset prepare ${namespace}/${name}".`;
  return new SourceError('NotPrepared', happened, remedy);
}
