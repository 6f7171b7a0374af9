import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { parse } from 'yaml';
import { z } from 'zod';
import type { SiteModel } from '../operators/api/site/site-model.ts';
import { contextOf } from './centre-stack.ts';
import { StackError } from './stack-error.ts';

/** How long an API server may take to accept a connection before its centre counts as silent, in milliseconds. */
const PATIENCE = 1000;

const cluster = z.object({ name: z.string(), cluster: z.object({ server: z.url() }) });
const context = z.object({ name: z.string(), context: z.object({ cluster: z.string() }) });

/** Lists may be absent, and `kubectl` writes null for empty ones. */
const kubeconfigSchema = z.object({
  clusters: z.array(cluster).nullish(),
  contexts: z.array(context).nullish(),
});

/** Why a centre cannot be deployed to now: `no context lab-production in /root/.kube/config`. */
export type SilentCentres = ReadonlyMap<string, string>;

/**
 * Centres whose API server accepts no connection, or of which the kubeconfig knows nothing, each with the reason. They
 * are asked all at once; the answer takes a second at most. Without a kubeconfig nobody is asked, and nobody is silent.
 * @throws StackError `ZB-STK-004` for a kubeconfig that is none, `ZB-STK-002` for one that leads two centres to one cluster
 */
export async function findSilentCentres(model: SiteModel, kubeconfig?: string): Promise<SilentCentres> {
  if (kubeconfig === undefined) return new Map();
  const servers = await readServers(kubeconfig);
  refuseSharedServer(model, servers, kubeconfig);
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

/** The URL of the API server of each context. */
async function readServers(kubeconfig: string): Promise<ReadonlyMap<string, URL>> {
  const { clusters, contexts } = await readKubeconfig(kubeconfig);
  const urls = new Map(clusters?.map(({ name, cluster: { server } }) => [name, new URL(server)]));
  return new Map(
    contexts?.flatMap(({ name, context: { cluster: clusterName } }) => {
      const server = urls.get(clusterName);
      return server === undefined ? [] : [[name, server] as const];
    }),
  );
}

async function readKubeconfig(kubeconfig: string): Promise<z.infer<typeof kubeconfigSchema>> {
  try {
    // An empty file is a kubeconfig that knows nobody.
    const document: unknown = parse(await readFile(kubeconfig, 'utf8')) ?? {};
    return kubeconfigSchema.parse(document);
  } catch (error) {
    // The first line says what is wrong and where; the others of a YAML error quote the file, which holds keys.
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error).split('\n', 1)[0];
    throw new StackError('ZB-STK-004', kubeconfig, `cannot be read as a kubeconfig: ${reason}`);
  }
}

/** Two centres in one cluster would each overwrite the other, and neither would be the other's backup. */
function refuseSharedServer(model: SiteModel, servers: ReadonlyMap<string, URL>, kubeconfig: string): void {
  const centreOf = new Map<string, string>();
  for (const { name } of model.topology.spec.centres) {
    // With its path: some gateways serve many clusters under one name.
    const server = servers.get(contextOf(model, name))?.href.replace(/\/$/, '');
    if (server === undefined) continue;
    const other = centreOf.get(server);
    if (other !== undefined) {
      const problem = `leads both ${other} and ${name} to ${server}; give each centre the context of its own cluster`;
      throw new StackError('ZB-STK-002', kubeconfig, problem);
    }
    centreOf.set(server, name);
  }
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
