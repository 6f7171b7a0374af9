import {
  accessIdentity,
  type DatabaseAccess,
  type DatasetName,
  type FileAccess,
} from '../layout/source-access.ts';
import type { CertificateRequest } from './certificate-authority.ts';

/** What a certificate has to say by which a source is reached, whoever issues it. */
export interface SourceCertificate {
  /**
   * Who it is, as common name and as DNS name: PostgreSQL looks at the first alone, and who checks hosts at the second, where a
   * certificate has any.
   */
  readonly commonName: string;
  /** Extended key usage: the exporter answers, all others ask. */
  readonly usage: 'serverAuth' | 'clientAuth';
}

/** The certificate of an access to a dataset. */
export function sourceCertificate(
  access: DatabaseAccess | FileAccess,
  dataset: DatasetName,
): SourceCertificate {
  return {
    commonName: accessIdentity(access, dataset),
    usage: access === 'export' ? 'serverAuth' : 'clientAuth',
  };
}

/** What an authority is asked for to make such a certificate. @param from @param until in wall-clock milliseconds */
export function sourceCertificateRequest(
  { commonName, usage }: SourceCertificate,
  { from, until }: Pick<CertificateRequest, 'from' | 'until'>,
): CertificateRequest {
  return { commonName, usage: [usage], names: [{ type: 'dns', value: commonName }], from, until };
}
