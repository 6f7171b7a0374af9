import { KubeConfig, PortForward } from '@kubernetes/client-node';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { z } from 'zod';
import { CliError } from '../../cli-error.ts';
import type { Say } from '../../messages/say.ts';
import type { OpenCentre } from '../find-dataset.ts';
import type { PlacedDatabase } from './admin-target.ts';

/** A way through the API server to a port of a pod. */
export interface PodTunnel {
  /** Its near end, on the loopback of this machine. */
  readonly near: { readonly host: string; readonly port: number };
  readonly close: () => Promise<void>;
}

const podsSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      status: z.object({
        conditions: z.array(z.object({ type: z.string(), status: z.string() })).default([]),
      }),
    }),
  ),
});

/** How long finding the pod may take, in milliseconds. */
const PATIENCE = 10_000;

/** Opens a tunnel to a pod of the dataset that is ready. @throws CliError where there is none */
export async function openTunnel(
  { access, session }: OpenCentre,
  { name: { namespace }, postgres: { podLabels, podPort } }: PlacedDatabase,
  say: Say,
): Promise<PodTunnel> {
  const labels = Object.entries(podLabels).map(([key, value]) => `${key}=${value}`);
  const path = `/api/v1/namespaces/${namespace}/pods?labelSelector=${encodeURIComponent(labels.join(','))}`;
  const answer = await session.send({ method: 'GET', path }, AbortSignal.timeout(PATIENCE));
  const ready = podsSchema
    .safeParse(answer.body)
    .data?.items.find(({ status }) =>
      status.conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True'),
    );
  if (ready === undefined) {
    throw new CliError(
      'ZB-CLI-015',
      say('noReadyPod', { centre: access.name, namespace, labels: labels.join(', ') }),
    );
  }
  const config = new KubeConfig();
  config.loadFromFile(access.kubeconfig);
  config.setCurrentContext(access.context);
  const forward = new PortForward(config);
  const server = createServer((socket) => {
    // The other end says nothing of its own; what breaks, breaks the connection that goes through it.
    socket.on('error', () => socket.destroy());
    forward.portForward(namespace, ready.metadata.name, [podPort], socket, null, socket).catch(() => {
      socket.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // that of a TCP server
  return {
    near: { host: '127.0.0.1', port },
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}
