import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { V1Secret } from '@kubernetes/client-node';
import {
  CertificateAuthority,
  type IssuedCertificate,
} from '../../operators/api/certificates/certificate-authority.ts';
import { copiesNamespace } from '../../operators/api/layout/namespaces.ts';
import {
  accessIdentity,
  type DatabaseAccess,
  type FileAccess,
} from '../../operators/api/layout/source-access.ts';
import type { DeployedSite } from './deployed-site.ts';

/** Certificates that must open nothing; each is the name of a Secret. */
export const STRANGERS = ['of-another-dataset', 'expired', 'of-another-authority'] as const;

const MINUTE = 60_000;

/**
 * Puts certificates beside those that were prepared, each right but for one thing.
 * @param dataset dataset and tenant, which have one name
 */
export async function haveStrangers(
  site: DeployedSite,
  centre: string,
  access: DatabaseAccess | FileAccess,
  dataset: string,
): Promise<void> {
  const authority = await siteAuthority(site);
  const another = await CertificateAuthority.make(
    'another site',
    Date.now() - MINUTE,
    Date.now() + 60 * MINUTE,
  );
  const right = {
    commonName: accessIdentity(access, { namespace: dataset, name: dataset }),
    usage: ['clientAuth'],
    from: Date.now() - MINUTE,
    until: Date.now() + 60 * MINUTE,
  } as const;
  const stranger = accessIdentity(access, { namespace: dataset, name: 'another' });
  const certificates: Record<(typeof STRANGERS)[number], IssuedCertificate> = {
    'of-another-dataset': await authority.issue({ ...right, commonName: stranger }),
    expired: await authority.issue({ ...right, from: Date.now() - 60 * MINUTE, until: Date.now() - MINUTE }),
    'of-another-authority': await another.issue(right),
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
}

async function siteAuthority({ authorityFolder }: DeployedSite): Promise<CertificateAuthority> {
  const file = (name: string): Promise<string> => readFile(path.join(authorityFolder, name), 'utf8');
  return CertificateAuthority.read(await file('ca.crt'), await file('ca.key'));
}
