import type { ObservedCall } from '../client/call-observer.ts';
import { ClusterConnection } from '../client/cluster-connection.ts';
import { HttpApiClient, type HttpApiClientOptions } from '../client/http-api-client.ts';
import type { ResourceType } from '../objects/resource-type.ts';
import { ManualClock } from './manual-clock.ts';
import { ScriptedApiServer } from './scripted-api-server/server.ts';

/** A scripted API server with a client of it, both on a clock that a test moves. */
export interface ScriptedCluster extends AsyncDisposable {
  readonly server: ScriptedApiServer;
  readonly clock: ManualClock;
  readonly connection: ClusterConnection;
  readonly client: HttpApiClient;
  /** Calls that the client has told of. */
  readonly calls: readonly ObservedCall[];
}

/** Starts one. Disposed of, it leaves no connection: `await using cluster = await scriptedCluster([type])`. */
export async function scriptedCluster(
  types: readonly ResourceType[],
  options: Pick<HttpApiClientOptions, 'rate' | 'deadline'> = {},
): Promise<ScriptedCluster> {
  const clock = new ManualClock();
  const server = await ScriptedApiServer.start(types, () => clock.now());
  const connection = new ClusterConnection('scripted', server.source, clock);
  const calls: ObservedCall[] = [];
  const observe = (call: ObservedCall): void => void calls.push(call);
  const client = new HttpApiClient({ connection, clock, observe, ...options });
  const close = async (): Promise<void> => {
    await connection.close();
    await server.stop();
  };
  return { server, clock, connection, client, calls, [Symbol.asyncDispose]: close };
}
