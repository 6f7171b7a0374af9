import type { IssuedCertificate } from './site-authority.ts';

/** A certificate as a Secret, in the layout in which cert-manager and others write one. */
export function certificateSecret(
  namespace: string,
  name: string,
  { certificate, key, authority }: IssuedCertificate,
): object {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace, name },
    type: 'kubernetes.io/tls',
    stringData: { 'tls.crt': certificate, 'tls.key': key, 'ca.crt': authority },
  };
}
