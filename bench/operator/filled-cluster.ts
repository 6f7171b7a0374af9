import { topologyKind } from '../../operators/api/index.ts';
import { establishCrds } from '../../operators/api/crd/testing/establish-crds.ts';
import { StrictApi } from '../../operators/api/crd/testing/strict-api.ts';
import { STACKS_FIELD_MANAGER } from '../../operators/api/layout/identities.ts';
import { SYSTEM_NAMESPACE } from '../../operators/api/layout/namespaces.ts';
import { PEER_KUBECONFIG_KEY, peerSecretName } from '../../operators/api/layout/peer-secret.ts';
import {
  ClusterConnection,
  HttpApiClient,
  systemClock,
  type ApiClient,
  type NewObject,
  type ResourceType,
} from '../../operators/runtime/index.ts';
import { CENTRE, type ControlPlane } from '../control-plane/control-plane.ts';
import type { LargeSite } from './large-site.ts';

/** Calls at the same time when many objects are written. */
const PARALLEL = 16;

/** No limit of ours: the API server's own is to be met. */
const RATE = { perSecond: 100_000, burst: 100_000 };

/** The people and deployments of a centre: what they write into its API server. */
export class FilledCluster implements AsyncDisposable {
  readonly client: ApiClient;
  readonly #connection: ClusterConnection;

  private constructor({ kubeconfig, context }: ControlPlane) {
    const source = { kind: 'kubeconfig', file: kubeconfig.file, context } as const;
    this.#connection = new ClusterConnection(CENTRE, source, systemClock);
    this.client = new HttpApiClient({ connection: this.#connection, clock: systemClock, rate: RATE });
  }

  /** Brings the CRDs and the operator's namespace: a cluster whose site is still to be deployed. */
  static async open(plane: ControlPlane): Promise<FilledCluster> {
    const api = await StrictApi.connect(plane.kubeconfig.file, plane.context);
    try {
      await establishCrds(api);
      await post(api, '/api/v1/namespaces', { metadata: { name: SYSTEM_NAMESPACE } });
    } finally {
      api.close();
    }
    return new FilledCluster(plane);
  }

  /**
   * Deploys a site. Each of its other centres is read at the same API server, as if it had exactly what this one has: what
   * following peers costs is there, and nothing of theirs takes the processor.
   */
  async deploy(
    plane: ControlPlane,
    { surroundings, datasets }: LargeSite,
    datasetType: ResourceType,
  ): Promise<void> {
    const topology = surroundings.find(([{ kind }]) => kind === topologyKind.kind)?.[1];
    const { centres } = topologyKind.spec.parse((topology as { spec?: unknown } | undefined)?.spec);
    const api = await StrictApi.connect(plane.kubeconfig.file, plane.context);
    const kubeconfig = Buffer.from(plane.kubeconfig.text).toString('base64');
    try {
      for (const { name } of centres.filter((centre) => centre.name !== CENTRE)) {
        await post(api, `/api/v1/namespaces/${SYSTEM_NAMESPACE}/secrets`, {
          metadata: { name: peerSecretName(name) },
          data: { [PEER_KUBECONFIG_KEY]: kubeconfig },
        });
      }
    } finally {
      api.close();
    }
    for (const [type, object] of surroundings) await this.apply(type, object);
    await inParallel(datasets, (dataset) => this.client.create(datasetType, dataset));
  }

  /** Writes an object as a deployment does. */
  async apply(type: ResourceType, object: NewObject): Promise<void> {
    await this.client.apply(type, object, { fieldManager: STACKS_FIELD_MANAGER, force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connection.close();
  }
}

/** Does something for each, several at a time. */
export async function inParallel<T>(
  items: readonly T[],
  action: (item: T) => Promise<unknown>,
): Promise<void> {
  const rest = items.values();
  const work = async (): Promise<void> => {
    for (const item of rest) await action(item);
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
}

async function post(api: StrictApi, path: string, document: object): Promise<void> {
  const { accepted, message } = await api.send('POST', path, document);
  if (!accepted) throw new Error(`${path}: ${message}`);
}
