import { KubeConfig } from '@kubernetes/client-node';
import { X509Certificate } from 'node:crypto';

/**
 * When the credentials of a kubeconfig expire, in wall-clock milliseconds: its token if that says so, else its certificate.
 * Undefined where nothing can be read of it; whether the credentials work is another question.
 */
export function credentialsExpiry(kubeconfig: string): number | undefined {
  const config = new KubeConfig();
  try {
    config.loadFromString(kubeconfig);
    const user = config.getCurrentUser();
    if (user?.token !== undefined) return tokenExpiry(user.token);
    if (user?.certData !== undefined) return certificateExpiry(user.certData);
  } catch {
    // It is no kubeconfig, token or certificate: whoever uses it says so.
  }
  return undefined;
}

/** Whatever holds longer is as good as without an end, and cannot be written as an instant. */
const YEAR_10000 = Date.UTC(10_000, 0) / 1_000;

/** The claim `exp` of a JSON Web Token, without checking the token: that is for the API server. */
function tokenExpiry(token: string): number | undefined {
  const [, payload = ''] = token.split('.');
  const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const seconds = typeof claims === 'object' && claims !== null && 'exp' in claims ? claims.exp : undefined;
  return typeof seconds === 'number' && seconds < YEAR_10000 ? seconds * 1_000 : undefined;
}

function certificateExpiry(data: string): number {
  return Date.parse(new X509Certificate(Buffer.from(data, 'base64')).validTo);
}
