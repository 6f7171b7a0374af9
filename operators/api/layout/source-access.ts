import { createHash } from 'node:crypto';

/**
 * For what somebody reaches into a database that is protected. Each is a role of its own, with its own Secret and its own
 * certificate, so that each can do what it is for and no more.
 * - `guard`: the operator of the home centre reads facts, writes the heartbeat, and sets the few parameters of durability;
 * - `replicate`: a standby or a base backup streams;
 * - `verify`: reads every row of a restored copy, and changes nothing.
 */
export const DATABASE_ACCESSES = ['guard', 'replicate', 'verify'] as const;

export type DatabaseAccess = (typeof DATABASE_ACCESSES)[number];

/** For what somebody reaches a volume: `export` is the exporter beside it, `pull` whoever fetches from the exporter. */
export const FILE_ACCESSES = ['export', 'pull'] as const;

export type FileAccess = (typeof FILE_ACCESSES)[number];

/** A dataset by its namespace, which is its tenant's, and its name. */
export interface DatasetName {
  readonly namespace: string;
  readonly name: string;
}

/**
 * Who that is, as the common name of its certificate and, in a database, as the name of its role: `zb-guard-3f2a91bc04`.
 * The digest of the dataset stands in it, so the certificate of one tenant opens nothing of another's. 24 characters at
 * most: names in PostgreSQL end at 63.
 */
export function accessIdentity(
  access: DatabaseAccess | FileAccess,
  { namespace, name }: DatasetName,
): string {
  const digest = createHash('sha256').update(`${namespace}/${name}`).digest('hex').slice(0, 10);
  return `zb-${access}-${digest}`;
}

/** Secret of type Opaque with the keys `username` and `password`; in the copies namespace of a centre that uses it. */
export function passwordSecretName(access: DatabaseAccess, dataset: string): string {
  return `${dataset}-${access}`;
}

/**
 * Secret of type kubernetes.io/tls with `tls.crt`, `tls.key` and `ca.crt`, as cert-manager writes it. That of `export` is in
 * the tenant's namespace, where the exporter runs; the others are in the copies namespace.
 */
export function certificateSecretName(access: DatabaseAccess | FileAccess, dataset: string): string {
  return `${dataset}-${access}-tls`;
}

/** Schema in the database `postgres` that holds the heartbeat and the functions of the guard, and nothing of the tenant. */
export const SOURCE_SCHEMA = 'zaibei';
