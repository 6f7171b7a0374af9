import { CoreV1Api, KubeConfig, NetworkingV1Api, type KubernetesObject } from '@kubernetes/client-node';

import type { CentreFacts } from './centre-facts.ts';
import { watchResource, type ResourceWatch } from './resource-watch.ts';

/** How to reach the API server of a centre. */
export interface CentreAccess {
  /** Path of a kubeconfig. */
  readonly kubeconfig: string;
  /** Context in it; its current one unless given. */
  readonly context?: string;
}

/**
 * Follows what the API server of a centre knows and a ruleset depends on, until the signal.
 * @param learn gets all objects of a kind whenever one of them has changed
 */
export async function watchCentre(
  { kubeconfig, context }: CentreAccess,
  signal: AbortSignal,
  learn: (facts: Partial<CentreFacts>) => void,
  log: (line: string) => void,
): Promise<void> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  if (context !== undefined) config.setCurrentContext(context);
  const core = config.makeApiClient(CoreV1Api);
  const networking = config.makeApiClient(NetworkingV1Api);
  const follow = <T extends KubernetesObject>(
    resource: Pick<ResourceWatch<T>, 'path' | 'list' | 'onChange'>,
  ) => {
    const onFailure = (error: unknown): void => {
      log(`will list ${resource.path} again: ${error instanceof Error ? error.message : String(error)}`);
    };
    return watchResource({ config, onFailure, ...resource }, signal);
  };
  await Promise.all([
    follow({
      path: '/api/v1/pods',
      list: () => core.listPodForAllNamespaces(),
      onChange: (pods) => {
        learn({ pods });
      },
    }),
    follow({
      path: '/api/v1/namespaces',
      list: () => core.listNamespace(),
      onChange: (namespaces) => {
        learn({ namespaces });
      },
    }),
    follow({
      path: '/apis/networking.k8s.io/v1/networkpolicies',
      list: () => networking.listNetworkPolicyForAllNamespaces(),
      onChange: (policies) => {
        learn({ policies });
      },
    }),
  ]);
}
