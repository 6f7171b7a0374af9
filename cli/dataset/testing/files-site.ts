import { CertificateAuthority } from '../../../operators/api/certificates/certificate-authority.ts';
import { PreparedSite } from './prepared-site.ts';

const DAY = 86_400_000;

/** The Secrets of its dataset, each in the centres that use it and in no other; the exporter's with its tenant. */
export const FILE_SECRETS = [
  'local-dr licences-pull-tls',
  'local-dr licences/licences-export-tls',
  'production licences/licences-export-tls',
  'remote-dr licences-pull-tls',
];

/** The lab's site with an authority, and the dataset of files that it has. @param until when the authority ends */
export async function filesSite(until = Date.now() + 1_000 * DAY): Promise<PreparedSite> {
  const authority = await CertificateAuthority.make('site', Date.now() - DAY, until);
  return PreparedSite.open(
    { certificate: authority.certificate, key: await authority.exportKey() },
    'licences',
  );
}
