import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { V1Secret } from '@kubernetes/client-node';
import {
  CertificateAuthority,
  type IssuedCertificate,
} from '../../operators/api/certificates/certificate-authority.ts';
import {
  sourceCertificate,
  sourceCertificateRequest,
} from '../../operators/api/certificates/source-certificate.ts';
import { copiesNamespace } from '../../operators/api/layout/namespaces.ts';
import type { DatabaseAccess, FileAccess } from '../../operators/api/layout/source-access.ts';
import type { DeployedSite } from './deployed-site.ts';
import type { Named, Try } from './source-readers.ts';

const MINUTE = 60_000;

/**
 * Puts certificates beside those that were prepared, each right but for one thing. They must open nothing.
 * @param dataset dataset and tenant, which have one name
 * @returns by what is tried whether they do
 */
export async function haveStrangers(
  site: DeployedSite,
  centre: string,
  access: DatabaseAccess | FileAccess,
  dataset: string,
): Promise<Named<Try>> {
  const now = Date.now();
  const valid = { from: now - MINUTE, until: now + 60 * MINUTE };
  const past = { from: now - 60 * MINUTE, until: now - MINUTE };
  const authority = await siteAuthority(site);
  const another = await CertificateAuthority.make('another site', valid.from, valid.until);
  const own = sourceCertificate(access, { namespace: dataset, name: dataset });
  const stranger = sourceCertificate(access, { namespace: dataset, name: 'another' });
  const certificates: Named<IssuedCertificate> = {
    'of-another-dataset': await authority.issue(sourceCertificateRequest(stranger, valid)),
    expired: await authority.issue(sourceCertificateRequest(own, past)),
    'of-another-authority': await another.issue(sourceCertificateRequest(own, valid)),
  };
  const items = Object.entries(certificates).map(([name, { certificate, key }]): V1Secret => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name },
    type: 'kubernetes.io/tls',
    stringData: { 'tls.crt': certificate, 'tls.key': key, 'ca.crt': authority.certificate },
  }));
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
  await site.kubectl(centre, `--namespace=${copiesNamespace(dataset)} apply --filename=-`, list);
  return Object.fromEntries(Object.keys(certificates).map((certificate) => [certificate, { certificate }]));
}

async function siteAuthority({ authorityFolder }: DeployedSite): Promise<CertificateAuthority> {
  const file = (name: string): Promise<string> => readFile(path.join(authorityFolder, name), 'utf8');
  return CertificateAuthority.read(await file('ca.crt'), await file('ca.key'));
}
