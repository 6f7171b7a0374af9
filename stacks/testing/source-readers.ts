import {
  accessIdentity,
  certificateSecretName,
  passwordSecretName,
} from '../../operators/api/layout/source-access.ts';
import { readAt, type Reading } from './reader-pod.ts';
import type { DeployedSite } from './deployed-site.ts';

/** Ports of the sources at the node of their home, as in the catalogue of the lab. */
export const SOURCE_PORTS = { database: 30_432, exporter: 30_434 } as const;

const POPULATION = { namespace: 'population', name: 'population' };
const LICENCES = { namespace: 'licences', name: 'licences' };

/** Names of the Secrets by which the population library is verified, and the licence library is fetched. */
export const VERIFY_KEYS = {
  password: passwordSecretName('verify', POPULATION.name),
  certificate: certificateSecretName('verify', POPULATION.name),
} as const;
export const PULL_KEYS = { certificate: certificateSecretName('pull', LICENCES.name) } as const;

/** Where somebody stands who reads a source, and the node of the home of that source. */
export interface ReadFrom {
  readonly centre: string;
  readonly host: string;
}

/** By what a source is tried, each the name of a Secret of the copies namespace. */
export interface Try {
  /** Name of the answer. */
  readonly as: string;
  readonly certificate?: string;
  /** Of a database: where it is not the right one, the name of the user is tried as its password. */
  readonly password?: { readonly secret: string; readonly wrong?: true };
}

/** What came of each try, by its name. */
export type Answers = Readonly<Record<string, string>>;

/**
 * A script for each try: `$certificate` and `$password` are the files, empty where there are none.
 */
function tries(all: readonly Try[]): string {
  const lines = all.map(({ as, certificate = '', password }) => {
    const file = password && `/keys/${password.secret}/${password.wrong ? 'username' : 'password'}`;
    return `try ${as} '${certificate && `/keys/${certificate}`}' '${file ?? ''}'`;
  });
  return lines.join('\n');
}
