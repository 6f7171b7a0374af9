import type { V1Pod } from '@kubernetes/client-node';
import { expect, vi } from 'vitest';
import type { KubernetesObject } from '../render/kubernetes-object.ts';
import type { DeployedSite } from './deployed-site.ts';
import { POD_NETWORK } from './pod-network.ts';
import { restrictedPod } from './restricted-pod.ts';

/** Who asks for a connection. */
interface Asking {
  readonly namespace: string;
  readonly labels?: Record<string, string>;
}

/** A connection that is tried, and whether somebody accepts it. */
export interface Call {
  readonly centre: string;
  readonly who: Asking;
  /** Host and port. */
  readonly to: string;
  readonly reaches: boolean;
}

/** A call, and the pod that makes it. */
interface Asked {
  readonly call: Call;
  readonly pod: KubernetesObject & V1Pod;
}

/**
 * Tries connections from pods of their own, and expects each to be accepted or not as it must. First those that must be, again
 * and again until they are; then, when it is known that somebody answers, the others, each of them once.
 */
export async function expectReach(site: DeployedSite, calls: readonly Call[]): Promise<void> {
  const asked = calls.map((call, index): Asked => ({ call, pod: askingPod(call, `asks-${index}`) }));
  try {
    for (const reaches of [true, false])
      await expectAsExpected(
        site,
        asked.filter(({ call }) => call.reaches === reaches),
      );
  } finally {
    await Promise.all(asked.map((one) => remove(site, one)));
  }
}

/** Starts pods, and waits until each has ended well: its call came out as it must. */
async function expectAsExpected(site: DeployedSite, asked: readonly Asked[]): Promise<void> {
  for (const { call, pod } of asked) await site.api(call.centre).create(pod);
  const ends = await vi.waitFor(async () => {
    const found = asked.map(async ({ call, pod }) => {
      const { status } = await site.api(call.centre).read<V1Pod>(pod);
      return [describeCall(call), status?.phase] as const;
    });
    const phases = Object.fromEntries(await Promise.all(found));
    const running = Object.entries(phases).filter(([, phase]) => !/Succeeded|Failed/.test(phase ?? ''));
    if (running.length > 0) throw new Error(`still asking: ${running.map(([call]) => call).join('; ')}`);
    return phases;
  }, site.patience);
  expect(ends).toEqual(Object.fromEntries(asked.map(({ call }) => [describeCall(call), 'Succeeded'])));
}

/** Takes a pod away, however far it came. */
async function remove(site: DeployedSite, { call, pod: { metadata } }: Asked): Promise<void> {
  const { namespace = '', name } = metadata;
  await site.kubectl(call.centre, `--namespace=${namespace} delete pod ${name} --now --ignore-not-found`);
}

/** A pod that makes a call, and ends well when it came out as it must. */
function askingPod({ who, to, reaches }: Call, name: string): KubernetesObject & V1Pod {
  const { namespace, labels = {} } = who;
  const asks = `reaches ${to.replace(/:(?=\d+$)/, ' ')}`;
  const script = reaches ? `until ${asks}; do sleep 0.2; done` : `await_network; ! ${asks}`;
  const command = ['/bin/bash', '-c', `${POD_NETWORK}${script}`];
  return restrictedPod({ namespace, name, labels }, { image: 'zaibei/debian:1', command });
}

function describeCall({ centre, who: { namespace, labels = {} }, to, reaches }: Call): string {
  const pod = [namespace, ...Object.entries(labels).map(([label, value]) => `${label}=${value}`)].join(' ');
  return `${pod} in ${centre} ${reaches ? 'reaches' : 'does not reach'} ${to}`;
}
