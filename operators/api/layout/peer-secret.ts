/** Key of the kubeconfig in the Secret of a peer. */
export const PEER_KUBECONFIG_KEY = 'kubeconfig';

/**
 * Secret in the system namespace of a centre with the kubeconfig by which its operator reads another centre. The operator may
 * get exactly these by name.
 */
export function peerSecretName(centre: string): string {
  return `zaibei-peer-${centre}`;
}
