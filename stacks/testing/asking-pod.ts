import type { V1Pod } from '@kubernetes/client-node';
import { expect, vi } from 'vitest';
import type { KubernetesObject } from '../render/kubernetes-object.ts';
import type { DeployedSite } from './deployed-site.ts';

/** Who asks for a connection. */
interface Asking {
  readonly namespace: string;
  readonly labels?: Record<string, string>;
}

/** A connection that is tried, and how its pod must end. */
export interface Call {
  readonly centre: string;
  readonly who: Asking;
  /** Host and port. */
  readonly to: string;
  readonly ends: 'Succeeded' | 'Failed';
}

/** Tries connections, all at once, from pods of their own, and expects each to end as it must. */
export async function expectEnds(site: DeployedSite, calls: readonly Call[]): Promise<void> {
  const asked = calls.map((call, index) => ({ ...call, pod: askingPod(call.who, `asks-${index}`, call.to) }));
  for (const { centre, pod } of asked) await site.api(centre).create(pod);
  await vi.waitFor(async () => {
    const phases = asked.map(async ({ centre, pod }) => {
      const { status } = await site.api(centre).read<V1Pod>(pod);
      return status?.phase;
    });
    expect(await Promise.all(phases)).toEqual(calls.map(({ ends }) => ends));
  }, site.patience);
  for (const { centre, pod } of asked) await site.api(centre).delete(pod);
}

/** A pod that opens one connection, and ends well when it is accepted, and else badly. */
export function askingPod(
  { namespace, labels = {} }: Asking,
  name: string,
  address: string,
): KubernetesObject & V1Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name, labels },
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'asks',
          image: 'zaibei/agnhost:1',
          imagePullPolicy: 'Never',
          args: ['connect', '--timeout=5s', address],
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        },
      ],
    },
  };
}
