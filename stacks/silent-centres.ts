import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { parse } from 'yaml';
import { z } from 'zod';
import type { SiteModel } from '../operators/api/site/site-model.ts';
import { contextOf } from './centre-stack.ts';

/** How long an API server may take to accept a connection before its centre counts as silent, in milliseconds. */
const PATIENCE = 1000;

const kubeconfigSchema = z.object({
  clusters: z.array(z.object({ name: z.string(), cluster: z.object({ server: z.url() }) })).default([]),
  contexts: z.array(z.object({ name: z.string(), context: z.object({ cluster: z.string() }) })).default([]),
});

/** Why a centre cannot be deployed to now: `no context lab-production in /root/.kube/config`. */
export type SilentCentres = ReadonlyMap<string, string>;

/**
 * Centres whose API server accepts no connection, or of which the kubeconfig knows nothing, each with the reason. They
 * are asked all at once; the answer takes a second at most. Without a kubeconfig nobody is asked, and nobody is silent.
 */
export async function findSilentCentres(model: SiteModel, kubeconfig?: string): Promise<SilentCentres> {
  if (kubeconfig === undefined) return new Map();
  const servers = await readServers(kubeconfig);
  const reasons = await Promise.all(
    model.topology.spec.centres.map(async ({ name }): Promise<[string, string | undefined]> => {
      const context = contextOf(model, name);
      const server = servers.get(context);
      if (server === undefined) return [name, `no context ${context} in ${kubeconfig}`];
      return [name, await whySilent(server)];
    }),
  );
  return new Map(
    reasons.flatMap(([name, reason]) => (reason === undefined ? [] : [[name, reason] as const])),
  );
}

/** The URL of the API server of each context; none where the file cannot be read. */
async function readServers(kubeconfig: string): Promise<ReadonlyMap<string, URL>> {
  const text = await readFile(kubeconfig, 'utf8').catch(() => '');
  const { success, data } = kubeconfigSchema.safeParse(parse(text));
  if (!success) return new Map();
  const clusters = new Map(data.clusters.map(({ name, cluster }) => [name, new URL(cluster.server)]));
  return new Map(
    data.contexts.flatMap(({ name, context }) => {
      const server = clusters.get(context.cluster);
      return server === undefined ? [] : [[name, server] as const];
    }),
  );
}

/** Undefined when somebody accepts a connection there. */
function whySilent(server: URL): Promise<string | undefined> {
  const port = server.port === '' ? 443 : Number(server.port);
  return new Promise((resolve) => {
    const socket = connect({ host: server.hostname.replace(/^\[|\]$/g, ''), port, timeout: PATIENCE });
    const finish = (reason?: string): void => {
      socket.destroy();
      resolve(reason);
    };
    socket.once('connect', () => {
      finish();
    });
    socket.once('timeout', () => {
      finish(`${server.host} does not answer`);
    });
    socket.once('error', (error) => {
      finish(`${server.host} does not answer (${error.message})`);
    });
  });
}
