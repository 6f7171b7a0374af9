import { inject } from 'vitest';
import { establishCrds } from '../../api/crd/testing/establish-crds.ts';
import { StrictApi } from '../../api/crd/testing/strict-api.ts';
import {
  API_VERSION,
  GROUP,
  KINDS,
  placementKind,
  topologyKind,
  type Kind,
  type Topology,
} from '../../api/index.ts';
import { PEER } from '../../api/layout/identities.ts';
import { SYSTEM_NAMESPACE } from '../../api/layout/namespaces.ts';
import { connectPeer, type CentreAccess } from '../../api/peering/connect-peer.ts';
import { MemoryJournal } from '../../evidence/testing/memory-journal.ts';
import { ClusterConnection, HttpApiClient, systemClock } from '../../runtime/index.ts';
import { RunningOperator } from '../../runtime/testing/running-operator.ts';
import { topologyWith, type TopologyModule } from '../index.ts';
import { PLACEMENT, TOPOLOGY } from './test-site.ts';

/** An object that is brought for the tests. */
interface Brought {
  readonly metadata: { readonly name: string };
  readonly [field: string]: unknown;
}

/** Rights of peers: what the foundation stack gives them. */
const RIGHTS: readonly (readonly [path: string, object: Brought])[] = [
  [
    '/apis/rbac.authorization.k8s.io/v1/clusterroles',
    {
      metadata: { name: PEER },
      rules: [
        { apiGroups: [GROUP], resources: KINDS.map(({ plural }) => plural), verbs: ['get', 'list', 'watch'] },
      ],
    },
  ],
  [
    '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings',
    {
      metadata: { name: PEER },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: PEER },
      subjects: [{ kind: 'ServiceAccount', namespace: SYSTEM_NAMESPACE, name: PEER }],
    },
  ],
];

/** One real centre of the lab, with what the foundation stack would bring, as far as peers need it. */
export class LabCentre implements CentreAccess {
  readonly centre: string;
  readonly apiServer: string;
  /** Its administrator. */
  readonly api: StrictApi;
  readonly client: HttpApiClient;
  readonly journal: MemoryJournal;
  readonly #connection: ClusterConnection;
  readonly #removals: (() => Promise<unknown>)[] = [];

  private constructor(centre: string, apiServer: string, context: string, api: StrictApi) {
    const { instance } = inject('lab');
    this.centre = centre;
    this.apiServer = apiServer;
    this.api = api;
    this.journal = new MemoryJournal({ centre });
    const source = { kind: 'kubeconfig', file: instance.kubeconfig, context } as const;
    this.#connection = new ClusterConnection(centre, source, systemClock);
    this.client = new HttpApiClient({ connection: this.#connection, clock: systemClock });
  }

  /** Prepares all centres, and lets them read each other. */
  static async openAll(): Promise<readonly LabCentre[]> {
    const { instance } = inject('lab');
    const opened = await Promise.all(
      instance.centres.map(async ({ name, apiServer, context }) => {
        const api = await StrictApi.connect(instance.kubeconfig, context);
        return new LabCentre(name, apiServer, context, api);
      }),
    );
    await Promise.all(opened.map((centre) => centre.#prepare()));
    await Promise.all(
      opened.flatMap((reader) =>
        opened.filter((peer) => peer !== reader).map((peer) => reader.connect(peer)),
      ),
    );
    return opened;
  }

  async send({
    method,
    path,
    body,
  }: Parameters<CentreAccess['send']>[0]): Promise<{ status: number; body: unknown }> {
    const { code, body: answer } = await this.api.send(method, path, body);
    return { status: code, body: answer };
  }

  /** Lets this centre read another. */
  connect(peer: LabCentre): Promise<string> {
    return connectPeer({ reader: this, peer, apiServer: peer.apiServer, lifetime: 3_600 });
  }

  /** Lets this centre have the roles of a protection group, in the system namespace. */
  place(group: string): Promise<void> {
    return this.#bring(StrictApi.collection(placementKind, SYSTEM_NAMESPACE), {
      ...PLACEMENT,
      metadata: { name: group },
      spec: { ...PLACEMENT.spec, group },
    });
  }

  /** Starts an operator. */
  start(pod = 'zaibei-operator-0'): Promise<RunningOperator<TopologyModule>> {
    const identity = { centre: this.centre, pod };
    return RunningOperator.start({
      client: this.client,
      identity,
      journal: this.journal,
      make: topologyWith(),
    });
  }

  /** Takes away what was brought. */
  async close(): Promise<void> {
    for (const remove of this.#removals.toReversed()) await remove();
    this.api.close();
    await this.#connection.close();
  }

  async #prepare(): Promise<void> {
    this.#removals.push(await establishCrds(this.api));
    await this.#bring('/api/v1/namespaces', { metadata: { name: SYSTEM_NAMESPACE } });
    await this.#bring(`/api/v1/namespaces/${SYSTEM_NAMESPACE}/serviceaccounts`, { metadata: { name: PEER } });
    for (const [path, object] of RIGHTS) await this.#bring(path, object);
    await this.#bring(StrictApi.collection(topologyKind, ''), {
      apiVersion: API_VERSION,
      kind: topologyKind.kind,
      metadata: { name: TOPOLOGY.metadata.name },
      spec: TOPOLOGY.spec satisfies Topology['spec'],
    });
  }

  /** Creates an object; one that is there already stays, also in the end. */
  async #bring(path: string, object: Brought): Promise<void> {
    const { code, message } = await this.api.send('POST', path, object);
    if (code === 201) this.#removals.push(() => this.api.send('DELETE', `${path}/${object.metadata.name}`));
    else if (code !== 409) throw new Error(`${this.centre} ${path}: ${message}`);
  }
}

/** Path of an object of one of our cluster-wide kinds. */
export function pathOf(kind: Kind, name: string): string {
  return `${StrictApi.collection(kind, '')}/${name}`;
}
