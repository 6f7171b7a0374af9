import { X509Certificate } from 'node:crypto';
import type { V1Secret } from '@kubernetes/client-node';
import type { Dataset } from '../../operators/api/kinds/dataset.ts';
import { copiesNamespace } from '../../operators/api/layout/namespaces.ts';
import {
  certificateSecretName,
  DATABASE_ACCESSES,
  FILE_ACCESSES,
  passwordSecretName,
} from '../../operators/api/layout/source-access.ts';
import type { DeployedSite } from './deployed-site.ts';
import type { Typed } from './typed-command.ts';

/** The sources that are prepared, and how each besides what is the same for all. Dataset and tenant have one name. */
const OPTIONS: Readonly<Record<string, string>> = {
  population: '--port-forward --admin-secret population/population-db-admin',
  licences: '',
};

/** Names of the sources that are prepared: a database, and files. */
export const PREPARED = Object.keys(OPTIONS);

/** A condition of a dataset. */
type Condition = NonNullable<NonNullable<Dataset['status']>['conditions']>[number];

/** Types `zaibei dataset prepare` as the person would who keeps the authority of the site. */
export function prepare(site: DeployedSite, name: string, options: string): Promise<Typed> {
  const authority = '--ca-certificate "$ZAIBEI_AUTHORITY/ca.crt" --ca-key "$ZAIBEI_AUTHORITY/ca.key"';
  return site.zaibei(`dataset prepare ${name}/${name} ${OPTIONS[name] ?? ''} ${authority} ${options}`);
}

/** Whether a source is ready, as its home says. */
export async function sourceReady(site: DeployedSite, name: string): Promise<Condition | undefined> {
  const { status } = await site.centre('production').dataset(`${name}/${name}`);
  return status?.conditions?.find(({ type }) => type === 'SourceReady');
}

/** Every password and key that the sources have now, as far as one line of each tells it from all others. */
export async function preparedKeys(site: DeployedSite): Promise<readonly string[]> {
  const found = await Promise.all(
    site.centres.flatMap(({ name: centre }) =>
      PREPARED.flatMap((tenant) =>
        [tenant, copiesNamespace(tenant)].map(async (namespace) => {
          const secrets = await secretsIn(site, centre, namespace);
          return secrets
            .filter(({ metadata }) => secretsOf(tenant).includes(metadata?.name ?? ''))
            .flatMap(({ data = {} }) => [data['password'], data['tls.key']]);
        }),
      ),
    ),
  );
  const values = found.flat(2).filter((value) => value !== undefined);
  return [...new Set(values.map((value) => lineOf(decode(value))))];
}

/** The certificate in a Secret. */
export async function certificateIn(
  site: DeployedSite,
  centre: string,
  namespace: string,
  name: string,
): Promise<X509Certificate> {
  const secrets = await secretsIn(site, centre, namespace);
  const found = secrets.find(({ metadata }) => metadata?.name === name);
  return new X509Certificate(decode(found?.data?.['tls.crt'] ?? ''));
}

async function secretsIn(
  site: DeployedSite,
  centre: string,
  namespace: string,
): Promise<readonly V1Secret[]> {
  const printed = await site.kubectl(centre, `get secrets --namespace=${namespace} -o json`);
  return (JSON.parse(printed) as { items: V1Secret[] }).items; // a list of what was asked for
}

/** Names of the Secrets of a dataset, of whichever kind it is. */
function secretsOf(dataset: string): readonly string[] {
  return [
    ...DATABASE_ACCESSES.map((access) => passwordSecretName(access, dataset)),
    ...[...DATABASE_ACCESSES, ...FILE_ACCESSES].map((access) => certificateSecretName(access, dataset)),
  ];
}

/** A password as it is; of a key the second line, the first being the same in all. */
function lineOf(value: string): string {
  return value.split('\n')[value.startsWith('-----') ? 1 : 0] ?? value;
}

function decode(value: string): string {
  return Buffer.from(value, 'base64').toString();
}
