import {
  sourceCertificate,
  sourceCertificateRequest,
} from '../../../operators/api/certificates/source-certificate.ts';
import type { DatasetName } from '../../../operators/api/layout/source-access.ts';
import type { KnownPlacement } from '../placement/find-placement.ts';
import type { SiteAuthority } from '../site-authority.ts';
import { centresOf, certificateKey, type SourceAccess } from './access-places.ts';
import { isFitCertificate } from './certificate-fitness.ts';
import { NO_CHANGES, together, type SecretChanges, type SecretsOf } from './secret-changes.ts';

const DAY = 86_400_000;

/** How long a certificate is good, in milliseconds; and it is good since yesterday, since clocks differ. */
const LIFETIME = 365 * DAY;

/** What Secrets of a dataset are planned with. */
export interface SecretFacts extends KnownPlacement {
  readonly dataset: DatasetName;
  /** Names of all centres of the site: keys are looked for in each of them. */
  readonly centres: readonly string[];
  /** Of those of its tenant's zone: keys can be in each of these. */
  readonly zone: readonly string[];
  readonly secretsOf: SecretsOf;
  readonly authority: SiteAuthority;
}

/** Finds which certificates have to be made, each for a centre of its own: no key is in two. */
export async function planCertificates(
  accesses: readonly SourceAccess[],
  facts: SecretFacts,
  rotate: boolean,
): Promise<SecretChanges> {
  const wanted = accesses.flatMap((access) =>
    centresOf(access, facts.placement).map((centre) => ({ access, centre })),
  );
  return together(
    await Promise.all(wanted.map(({ access, centre }) => planCertificate(access, centre, facts, rotate))),
  );
}

async function planCertificate(
  access: SourceAccess,
  centre: string,
  { dataset, secretsOf, authority: { certificate, signer } }: SecretFacts,
  rotate: boolean,
): Promise<SecretChanges> {
  const now = Date.now();
  const need = sourceCertificate(access, dataset);
  const key = certificateKey(access, dataset);
  const place = { centre, ...key };
  const before = await secretsOf(centre).read(key);
  if (before.state === 'unreadable' && !rotate) return { ...NO_CHANGES, unreadable: [place] };
  const isIssued = before.state === 'present' && before.issued;
  const fits = before.state === 'present' && isFitCertificate(before.values, need, certificate, now);
  if (fits && isIssued && rotate) return { ...NO_CHANGES, issued: [place] };
  if (fits && (!rotate || signer === undefined)) return NO_CHANGES;
  if (isIssued || signer === undefined) return { ...NO_CHANGES, unsigned: [{ ...place, ...need }] };
  const made = await signer.issue(sourceCertificateRequest(need, { from: now - DAY, until: now + LIFETIME }));
  const values = { 'tls.crt': made.certificate, 'tls.key': made.key, 'ca.crt': made.authority };
  return {
    ...NO_CHANGES,
    writes: [{ centre, before, secret: { ...key, type: 'kubernetes.io/tls', values } }],
  };
}
