import { X509Certificate } from 'node:crypto';
import type { CertificateAuthority } from '../../operators/api/certificates/certificate-authority.ts';
import { copiesNamespace } from '../../operators/api/layout/namespaces.ts';
import {
  accessIdentity,
  certificateSecretName,
  DATABASE_ACCESSES,
  passwordSecretName,
  type DatabaseAccess,
  type DatasetName,
} from '../../operators/api/layout/source-access.ts';
import { newPassword } from '../../operators/sources/index.ts';
import type { CentreSecrets, FoundSecret, WantedSecret } from './centre-secrets.ts';

const DAY = 86_400_000;

/** How long a certificate is good, and how long before its end another is made, in milliseconds. */
const LIFETIME = 365 * DAY;
const RENEW_BEFORE = 30 * DAY;

/** A Secret in one centre, with what stood there before. */
export interface SecretWrite {
  readonly centre: string;
  readonly secret: WantedSecret;
  readonly before: FoundSecret;
}

/** What is to be done with Secrets and passwords. */
export interface SecretPlan {
  readonly writes: readonly SecretWrite[];
  /** Passwords that the database is to take. */
  readonly passwords: Readonly<Partial<Record<DatabaseAccess, string>>>;
  /** Certificates that are missing or unfit, and that cannot be signed here. */
  readonly unsigned: readonly {
    readonly centre: string;
    readonly name: string;
    readonly commonName: string;
  }[];
  /** Secrets of which nobody here may know what stands in them. */
  readonly unreadable: readonly { readonly centre: string; readonly name: string }[];
}

/** What a plan is made of. */
export interface SecretFacts {
  readonly dataset: DatasetName;
  readonly centresOf: (access: DatabaseAccess) => readonly string[];
  readonly secretsOf: (centre: string) => CentreSecrets;
  /** Whether the database takes this password. */
  readonly accepts: (access: DatabaseAccess, password: string) => Promise<boolean>;
  readonly authority: CertificateAuthority | undefined;
  readonly rotate: boolean;
  /** Wall-clock milliseconds. */
  readonly now: number;
}

/** Finds out which Secrets have to be written so that every centre has exactly those that it uses, and they work. */
export async function planSecrets(facts: SecretFacts): Promise<SecretPlan> {
  const plan = { writes: [], passwords: {}, unsigned: [], unreadable: [] } as Growing;
  for (const access of DATABASE_ACCESSES) {
    await planPassword(access, facts, plan);
    for (const centre of facts.centresOf(access)) await planCertificate(access, centre, facts, plan);
  }
  return plan;
}

type Growing = {
  -readonly [Key in keyof SecretPlan]: SecretPlan[Key] extends readonly (infer One)[]
    ? One[]
    : Partial<Record<DatabaseAccess, string>>;
};

async function planPassword(access: DatabaseAccess, facts: SecretFacts, plan: Growing): Promise<void> {
  const { dataset, rotate } = facts;
  const username = accessIdentity(access, dataset);
  const at = {
    namespace: copiesNamespace(dataset.namespace),
    name: passwordSecretName(access, dataset.name),
  };
  const found = await Promise.all(
    facts.centresOf(access).map(async (centre) => {
      return { centre, before: await facts.secretsOf(centre).read(at.namespace, at.name) };
    }),
  );
  const kept = found.flatMap(({ before }) =>
    before.state === 'present' && before.values['username'] === username
      ? (before.values['password'] ?? [])
      : [],
  );
  const password = rotate
    ? newPassword()
    : ((await firstAccepted(access, kept, facts)) ?? kept[0] ?? newPassword());
  if (!(await facts.accepts(access, password))) {
    const hidden = found.filter(({ before }) => before.state === 'unreadable');
    // What another may use cannot be replaced unseen: that is said, and `--rotate` does it.
    if (!rotate && hidden.length > 0) {
      plan.unreadable.push(...hidden.map(({ centre }) => ({ centre, name: at.name })));
      return;
    }
    plan.passwords[access] = password;
  }
  const values = { username, password };
  for (const { centre, before } of found) {
    if (before.state === 'present' && sameValues(before.values, values)) continue;
    if (before.state === 'unreadable' && !rotate) plan.unreadable.push({ centre, name: at.name });
    else plan.writes.push({ centre, before, secret: { ...at, type: 'Opaque', values } });
  }
}

async function firstAccepted(
  access: DatabaseAccess,
  passwords: readonly string[],
  { accepts }: SecretFacts,
): Promise<string | undefined> {
  for (const password of passwords) if (await accepts(access, password)) return password;
  return undefined;
}

async function planCertificate(
  access: DatabaseAccess,
  centre: string,
  { dataset, secretsOf, authority, rotate, now }: SecretFacts,
  plan: Growing,
): Promise<void> {
  const commonName = accessIdentity(access, dataset);
  const namespace = copiesNamespace(dataset.namespace);
  const name = certificateSecretName(access, dataset.name);
  const before = await secretsOf(centre).read(namespace, name);
  if (before.state === 'unreadable' && !rotate) {
    plan.unreadable.push({ centre, name });
    return;
  }
  const issued = before.state === 'present' && before.issued;
  const fit = before.state === 'present' && isFit(before.values, commonName, authority, now);
  if (fit && (issued || !rotate || authority === undefined)) return;
  if (issued || authority === undefined) {
    plan.unsigned.push({ centre, name, commonName });
    return;
  }
  const made = await authority.issue({
    commonName,
    usage: ['clientAuth'],
    from: now - DAY,
    until: now + LIFETIME,
  });
  const values = { 'tls.crt': made.certificate, 'tls.key': made.key, 'ca.crt': made.authority };
  plan.writes.push({ centre, before, secret: { namespace, name, type: 'kubernetes.io/tls', values } });
}

function isFit(
  values: Readonly<Record<string, string>>,
  commonName: string,
  authority: CertificateAuthority | undefined,
  now: number,
): boolean {
  const { 'tls.crt': certificate, 'tls.key': key, 'ca.crt': ca } = values;
  if (certificate === undefined || key === undefined || ca === undefined) return false;
  try {
    const read = new X509Certificate(certificate);
    const signer = new X509Certificate(authority?.certificate ?? ca);
    return (
      read.subject === `CN=${commonName}` &&
      read.verify(signer.publicKey) &&
      read.validToDate.getTime() - now > Math.min(RENEW_BEFORE, signer.validToDate.getTime() - now - DAY)
    );
  } catch {
    return false;
  }
}

function sameValues(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  return Object.entries(other).every(([key, value]) => one[key] === value);
}
