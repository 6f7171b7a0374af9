/** How a peer is reached, and by which token. */
export interface PeerAccess {
  /** Name of the centre that is read. */
  readonly peer: string;
  /** URL of its API server, as the reader reaches it: `spec.centres[].apiServer` of Topology. */
  readonly apiServer: string;
  /** Certificates by which that API server is recognised, PEM. */
  readonly authority: string;
  readonly token: string;
}

/** The kubeconfig by which a centre's operator reads a peer, as JSON, which is YAML too. Everything is in it. */
export function peerKubeconfig({ peer, apiServer, authority, token }: PeerAccess): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: peer,
        cluster: {
          server: apiServer,
          'certificate-authority-data': Buffer.from(authority).toString('base64'),
        },
      },
    ],
    users: [{ name: peer, user: { token } }],
    contexts: [{ name: peer, context: { cluster: peer, user: peer } }],
    'current-context': peer,
  });
}
