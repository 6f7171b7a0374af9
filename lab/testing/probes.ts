import { vi } from 'vitest';
import { z } from 'zod';
import type { Machine } from '../centre/machine.ts';
import { AGNHOST_IMAGE } from '../images/image-recipes.ts';
import { apply, kubectl } from './test-lab.ts';

/** Port of every node on which its probe answers. */
export const PROBE_PORT = 30080;

const NAMESPACE = 'lab-probes';

const LABELS = { app: 'probe' };

/** A pod that answers with the caller's address and calls others when told to, and its service on each node. */
const PROBE: readonly object[] = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'probe', namespace: NAMESPACE, labels: LABELS },
    spec: {
      terminationGracePeriodSeconds: 0,
      containers: [
        {
          name: 'probe',
          image: AGNHOST_IMAGE,
          imagePullPolicy: 'Never',
          args: ['netexec', '--http-port=8080'],
          readinessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 1 },
        },
      ],
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'probe', namespace: NAMESPACE },
    spec: {
      type: 'NodePort',
      // Local: the caller keeps its address.
      externalTrafficPolicy: 'Local',
      selector: LABELS,
      ports: [{ port: 8080, nodePort: PROBE_PORT }],
    },
  },
];

const answerSchema = z.object({
  responses: z.array(z.string()).default([]),
  errors: z.array(z.string()).default([]),
});

/** Starts a probe in each centre and waits until it answers on its node, which is some time after its pod is Ready. */
export async function startProbes(machines: readonly Machine[]): Promise<void> {
  await Promise.all(
    machines.map(async (machine) => {
      await apply(machine, ...PROBE);
      const answers = async (): Promise<void> => {
        if ((await call(machine, machine)) === undefined)
          throw new Error(`no probe answers in ${machine.centre.name}`);
      };
      await vi.waitFor(answers, { timeout: 60_000, interval: 200 });
    }),
  );
}

export async function removeProbes(machines: readonly Machine[]): Promise<void> {
  await Promise.all(machines.map((machine) => kubectl(machine, ['delete', 'namespace', NAMESPACE])));
}

/**
 * Has the probe of one centre call the probe of another over the link between them.
 * @returns the caller's address as the callee saw it; undefined when no answer came within three seconds
 */
export async function call(from: Machine, to: Machine): Promise<string | undefined> {
  const question = new URLSearchParams({
    host: to.centre.nodeAddress,
    port: String(PROBE_PORT),
    request: 'clientip',
    protocol: 'http',
    tries: '1',
  });
  const answer = await fetch(`http://${from.centre.nodeAddress}:${PROBE_PORT}/dial?${question.toString()}`, {
    signal: AbortSignal.timeout(3_000),
  }).catch(() => undefined);
  if (answer === undefined) return undefined;
  return answerSchema.parse(await answer.json()).responses[0]?.split(':')[0];
}
