import type { V1Pod } from '@kubernetes/client-node';
import { vi } from 'vitest';
import { LABELS } from '../../operators/api/layout/labels.ts';
import { copiesNamespace } from '../../operators/api/layout/namespaces.ts';
import type { KubernetesObject } from '../render/kubernetes-object.ts';
import type { DeployedSite } from './deployed-site.ts';
import { POD_NETWORK } from './pod-network.ts';
import { restrictedPod } from './restricted-pod.ts';

/** What somebody in another centre does who reads the source of a dataset; dataset and tenant have one name. */
export interface Reading {
  readonly centre: string;
  readonly dataset: string;
  readonly image: string;
  /** Runs in bash, with each Secret in a folder `/keys/<name>`, and the functions of {@link POD_NETWORK}. */
  readonly script: string;
  /** Secrets of the copies namespace. */
  readonly secrets: readonly string[];
}

/** Runs a script to its end in a restricted pod that may reach the source of the dataset. @returns what it printed */
export async function readAt(site: DeployedSite, reading: Reading): Promise<string> {
  const { centre, dataset } = reading;
  const namespace = `--namespace=${copiesNamespace(dataset)}`;
  const kubectl = (args: string, input?: string): Promise<string> =>
    site.kubectl(centre, `${namespace} ${args}`, input);
  await kubectl('create --filename=-', JSON.stringify(podOf(reading)));
  try {
    await vi.waitFor(async () => {
      const { status } = JSON.parse(await kubectl('get pod reader -o json')) as V1Pod;
      if (!['Succeeded', 'Failed'].includes(status?.phase ?? ''))
        throw new Error(`the reader has not ended: ${JSON.stringify(status)}`);
    }, site.patience);
    return await kubectl('logs reader');
  } finally {
    await kubectl('delete pod reader --now');
  }
}

function podOf({ dataset, image, script, secrets }: Reading): KubernetesObject & V1Pod {
  return restrictedPod(
    { namespace: copiesNamespace(dataset), name: 'reader', labels: { [LABELS.dataset]: dataset } },
    {
      image,
      command: ['/bin/bash', '-c', `${POD_NETWORK}${script}`],
      mounts: secrets.map((name) => ({
        // Clients of PostgreSQL take no key that others may read.
        volume: { name, secret: { secretName: name, defaultMode: 0o440 } },
        at: `/keys/${name}`,
      })),
    },
  );
}
