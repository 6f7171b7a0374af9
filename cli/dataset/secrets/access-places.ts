import type { Dataset, Placement } from '../../../operators/api/index.ts';
import { copiesNamespace } from '../../../operators/api/layout/namespaces.ts';
import {
  certificateSecretName,
  DATABASE_ACCESSES,
  FILE_ACCESSES,
  passwordSecretName,
  type DatabaseAccess,
  type DatasetName,
  type FileAccess,
} from '../../../operators/api/layout/source-access.ts';

/** For what somebody reaches a source, of whatever kind it is. */
export type SourceAccess = DatabaseAccess | FileAccess;

/** A Secret within a centre. */
export interface SecretKey {
  readonly namespace: string;
  readonly name: string;
}

/** A Secret, and the centre that it is in. */
export interface SecretPlace extends SecretKey {
  readonly centre: string;
}

/** The accesses to a dataset; none where it is of a kind that needs none. */
export function accessesOf({ postgres, files }: Dataset['spec']): readonly SourceAccess[] {
  if (postgres !== undefined) return DATABASE_ACCESSES;
  return files === undefined ? [] : FILE_ACCESSES;
}

/** The Secret with the certificate of an access: that of the exporter is where that runs, in its tenant's namespace. */
export function certificateKey(access: SourceAccess, { namespace, name }: DatasetName): SecretKey {
  return {
    namespace: access === 'export' ? namespace : copiesNamespace(namespace),
    name: certificateSecretName(access, name),
  };
}

/** The Secret with the password of an access. */
export function passwordKey(access: DatabaseAccess, { namespace, name }: DatasetName): SecretKey {
  return { namespace: copiesNamespace(namespace), name: passwordSecretName(access, name) };
}

/** All Secrets of an access. */
export function keysOf(access: SourceAccess, dataset: DatasetName): readonly SecretKey[] {
  const database = DATABASE_ACCESSES.find((one) => one === access);
  const passwords = database === undefined ? [] : [passwordKey(database, dataset)];
  return [...passwords, certificateKey(access, dataset)];
}

/**
 * Centres that use an access, by their part: what works beside the data is where the data is, and where it is after a takeover;
 * what copies them is where copies are.
 */
export function centresOf(access: SourceAccess, { home, replica, backup }: Placement['spec']): string[] {
  const besideData = access === 'guard' || access === 'export';
  const parts = besideData ? [home, replica] : [replica, backup];
  return [...new Set(parts.filter((centre) => centre !== undefined))];
}
