import { readFileSync, readdirSync } from 'node:fs';
import type {
  KubernetesListObject,
  V1Node,
  V1PersistentVolume,
  V1PersistentVolumeClaim,
  V1Pod,
} from '@kubernetes/client-node';
import { z } from 'zod';
import type { Kind, Resource } from '../../operators/api/kinds/kind.ts';
import { datasetKind, type Dataset } from '../../operators/api/kinds/dataset.ts';
import { topologyKind, type Topology } from '../../operators/api/kinds/topology.ts';
import type { PeerStatus } from '../../operators/api/kinds/topology-status.ts';
import { OPERATOR } from '../../operators/api/layout/identities.ts';
import { LABELS } from '../../operators/api/layout/labels.ts';
import { SYSTEM_NAMESPACE } from '../../operators/api/layout/namespaces.ts';
import { JOURNAL_FOLDER } from '../../operators/api/layout/operator-program.ts';
import { OPERATOR_PORT } from '../../operators/api/layout/ports.ts';
import type { DeployedSite } from './deployed-site.ts';

/** A document as an API server has it. */
export type Deployed<R extends Resource = Resource> = R & {
  readonly metadata: { readonly uid: string; readonly generation: number; readonly resourceVersion: string };
};

const leaseSchema = z.object({
  spec: z.object({ holderIdentity: z.string(), acquireTime: z.string(), renewTime: z.string() }),
});

/** One centre of a deployed site, as anybody finds it who has its kubeconfig and stands at its machine. */
export class DeployedCentre {
  readonly name: string;
  readonly #site: DeployedSite;

  constructor(site: DeployedSite, name: string) {
    this.#site = site;
    this.name = name;
  }

  /** Runs kubectl in the system namespace. @returns what it printed @throws Error when it failed */
  kubectl(args: string, input?: string): Promise<string> {
    return this.#site.kubectl(this.name, `--namespace=${SYSTEM_NAMESPACE} ${args}`, input);
  }

  /** The pods of its operator that are not about to go. Those of tests have its label too, and no owner. */
  async operators(): Promise<readonly V1Pod[]> {
    const { items } = await this.#get<KubernetesListObject<V1Pod>>(
      `pods --selector=${LABELS.name}=${OPERATOR}`,
    );
    return items.filter(
      ({ metadata }) => metadata?.ownerReferences !== undefined && metadata.deletionTimestamp === undefined,
    );
  }

  /** The lease of its operator: the pod that leads, since when, and when it was last heard of, in wall-clock milliseconds. */
  async lease(): Promise<{ readonly pod: string; readonly acquired: number; readonly renewed: number }> {
    const { spec } = leaseSchema.parse(await this.#get(`lease ${OPERATOR}`));
    const [pod = ''] = spec.holderIdentity.split('_', 1);
    return { pod, acquired: Date.parse(spec.acquireTime), renewed: Date.parse(spec.renewTime) };
  }

  /** What a scrape of a pod gets. */
  metricsPage(pod: string): Promise<string> {
    const path = `/api/v1/namespaces/${SYSTEM_NAMESPACE}/pods/${pod}:${OPERATOR_PORT}/proxy/metrics`;
    return this.kubectl(`get --raw ${path}`);
  }

  /** Folder of the volume with its journal: those of the lab lie on this machine. */
  async journalFolder(): Promise<string> {
    const [pod] = await this.operators();
    const mounts = pod?.spec?.containers[0]?.volumeMounts;
    const mounted = mounts?.find(({ mountPath }) => mountPath === JOURNAL_FOLDER)?.name;
    const source = pod?.spec?.volumes?.find(({ name }) => name === mounted)?.persistentVolumeClaim;
    const claim = await this.#get<V1PersistentVolumeClaim>(`pvc ${source?.claimName ?? ''}`);
    const volume = await this.#get<V1PersistentVolume>(`pv ${claim.spec?.volumeName ?? ''}`);
    const folder = volume.spec?.local?.path;
    if (folder === undefined) throw new Error(`${this.name} has its journal on no volume of this machine`);
    return folder;
  }

  /** All documents of some of our kinds. */
  async documents(kinds: readonly Kind[]): Promise<readonly Deployed[]> {
    const names = kinds.map(({ crdName }) => crdName).join(',');
    const { items } = await this.#get<{ items: readonly Deployed[] }>(`${names} --all-namespaces`);
    return items;
  }

  /** Where its node is reached, and with it every NodePort. */
  async nodeAddress(): Promise<string> {
    const { status } = await this.#get<V1Node>(`node ${this.name}`);
    const address = status?.addresses?.find(({ type }) => type === 'InternalIP')?.address;
    if (address === undefined) throw new Error(`the node of ${this.name} has no address`);
    return address;
  }

  /** One of its datasets, by namespace and name. */
  async dataset(key: string): Promise<Deployed<Dataset>> {
    const datasets = await this.documents([datasetKind]);
    const found = datasets.find(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}` === key);
    if (found === undefined) throw new Error(`${this.name} has no dataset ${key}`);
    return found as Deployed<Dataset>; // the API server has checked it against the schema
  }

  /** Its topology, of which there is one. */
  async topology(): Promise<Deployed<Topology>> {
    const [topology] = await this.documents([topologyKind]);
    if (topology === undefined) throw new Error(`${this.name} has no topology`);
    return topology as Deployed<Topology>; // the API server has checked it against the schema
  }

  /** What its operator says of its peers, by their names. */
  async peers(): Promise<ReadonlyMap<string, PeerStatus>> {
    const { status } = await this.topology();
    return new Map(status?.peers?.map((peer) => [peer.name, peer]));
  }

  /**
   * Ends the process of a pod as the kernel does when memory runs out: at once, and nobody in it hears of it.
   * @throws Error when it runs none on this machine
   */
  async kill(pod: string): Promise<void> {
    const { status } = await this.#get<V1Pod>(`pod ${pod}`);
    const container = status?.containerStatuses?.[0]?.containerID?.replace('containerd://', '');
    const found = readdirSync('/proc').find(
      (entry) => /^\d+$/.test(entry) && container !== undefined && cgroupsOf(entry).includes(container),
    );
    if (found === undefined) throw new Error(`${pod} runs no process on this machine`);
    process.kill(Number(found), 'SIGKILL');
  }

  /** What kubectl gets: of the type that was asked for. */
  async #get<T>(what: string): Promise<T> {
    return JSON.parse(await this.kubectl(`get ${what} --output=json`)) as T;
  }
}

function cgroupsOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cgroup`, 'utf8');
  } catch {
    return ''; // it has ended meanwhile
  }
}
