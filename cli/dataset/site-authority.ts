import { readFile } from 'node:fs/promises';
import {
  CertificateAuthority,
  UnfitAuthorityError,
} from '../../operators/api/certificates/certificate-authority.ts';
import { CliError } from '../cli-error.ts';
import type { Say } from '../messages/say.ts';
import type { PrepareOptions } from './prepare-options.ts';
import { certificatesIn } from './secrets/certificate-fitness.ts';
import { endOf } from './secrets/certificate-way.ts';

/** The authority of a site, as far as the person has it. */
export interface SiteAuthority {
  /** Its certificate, PEM; undefined: certificates are judged by the `ca.crt` that stands beside them. */
  readonly certificate?: string | undefined;
  /** Signs; undefined: an issuer such as cert-manager writes the Secrets. */
  readonly signer?: CertificateAuthority | undefined;
}

/** The authority that the person named. @throws CliError where it is none, has ended, or cannot sign */
export async function readAuthority(
  { caCertificate, caKey }: Pick<PrepareOptions, 'caCertificate' | 'caKey'>,
  say: Say,
): Promise<SiteAuthority> {
  if (caCertificate === undefined) {
    if (caKey === undefined) return {};
    throw new CliError('ZB-CLI-015', say('keyWithoutCertificate'));
  }
  const certificate = await readText(caCertificate, say);
  if (!holdsCertificates(certificate))
    throw new CliError('ZB-CLI-015', say('noCertificates', { file: caCertificate }));
  refuseEnded(certificate, caCertificate, say);
  if (caKey === undefined) return { certificate };
  try {
    return { certificate, signer: await CertificateAuthority.read(certificate, await readText(caKey, say)) };
  } catch (error) {
    if (!(error instanceof UnfitAuthorityError)) throw error;
    throw new CliError('ZB-CLI-015', say('authorityUnfit', { file: caKey, problem: error.message }));
  }
}

/** A file as text. @throws CliError */
export async function readText(file: string, say: Say): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new CliError('ZB-CLI-004', say('unreadableAuthority', { file }), { cause });
  }
}

/** What an authority has signed that has ended, nobody believes. Of several, the last that ends counts. @throws CliError */
function refuseEnded(certificate: string, file: string, say: Say): void {
  const end = Math.max(...certificatesIn(certificate).map(endOf));
  if (end > Date.now()) return;
  const day = new Date(end).toISOString().slice(0, 10);
  throw new CliError('ZB-CLI-015', say('authorityEnded', { file, day }));
}

function holdsCertificates(text: string): boolean {
  try {
    return certificatesIn(text).length > 0;
  } catch {
    return false;
  }
}
