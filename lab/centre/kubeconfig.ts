/** How a client reaches one cluster and who it is there. */
export interface ClusterAccess {
  /** Name of the context, and of the cluster and user in it. */
  readonly context: string;
  readonly server: string;
  /** Certificates and key: paths of files, or the files' text in base64 to carry along. */
  readonly credentials:
    | { readonly kind: 'files'; readonly ca: string; readonly certificate: string; readonly key: string }
    | { readonly kind: 'inline'; readonly ca: string; readonly certificate: string; readonly key: string };
}

/** A kubeconfig with one context per access; the first is the current one. Users are named apart, because some clients cache by user name. */
export function kubeconfig(accesses: readonly [ClusterAccess, ...ClusterAccess[]]): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: accesses.map(({ context, server, credentials }) => ({
      name: context,
      cluster:
        credentials.kind === 'files'
          ? { server, 'certificate-authority': credentials.ca }
          : { server, 'certificate-authority-data': credentials.ca },
    })),
    users: accesses.map(({ context, credentials }) => ({
      name: context,
      user:
        credentials.kind === 'files'
          ? { 'client-certificate': credentials.certificate, 'client-key': credentials.key }
          : { 'client-certificate-data': credentials.certificate, 'client-key-data': credentials.key },
    })),
    contexts: accesses.map(({ context }) => ({
      name: context,
      context: { cluster: context, user: context },
    })),
    'current-context': accesses[0].context,
  };
}
