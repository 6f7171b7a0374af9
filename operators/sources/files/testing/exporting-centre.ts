import type { V1Deployment } from '@kubernetes/client-node';
import { expect } from 'vitest';
import { API_VERSION, datasetKind, placementKind, type Dataset } from '../../../api/index.ts';
import type { ExporterReport } from '../../../api/layout/exporter.ts';
import type { Verdict } from '../../../protection/index.ts';
import {
  resourceTypeOf,
  type ApiObject,
  type EventNote,
  type EventRecorder,
  type Live,
  type NewObject,
  type ObjectKey,
  type ResourceType,
} from '../../../runtime/index.ts';
import { TestOperator } from '../../../runtime/testing/test-operator.ts';
import { CLAIMS, DEPLOYMENTS, PODS } from '../exporter-kinds.ts';
import { LOOK_INTERVAL } from '../exporter-samples.ts';
import { filesOf, type FilesModule } from '../files-module.ts';
import { REPORT } from './exporter-report.ts';
import { wholeType } from './whole-type.ts';

/** Key of the Deployment and of the Service of the exporter. */
export const EXPORTER = 'licences/archive-exporter';

/** Image of the movers, unless a centre has none. */
export const MOVER = 'zaibei/mover:1';

const DATASETS: ResourceType<Live<Dataset>> = resourceTypeOf(datasetKind);

/** A pod of the exporter that runs, as the kubelet tells of it. */
export const RUNNING = { podIP: '10.0.0.7', containerStatuses: [{ state: { running: {} } }] };

/** The centre `production` with one dataset of files, `licences/archive`, and an operator that looks after its exporter. */
export class ExportingCentre {
  readonly operator = new TestOperator();
  /** What was told about objects, in order. */
  readonly events: EventNote[] = [];
  /** What the exporter answers otherwise than one that runs as its Deployment says, and could read everything. */
  answer: Partial<ExporterReport> = {};
  #module: FilesModule;
  #running = new AbortController();
  /** The home of the group; undefined: it is not placed. */
  #home: string | undefined;

  constructor(image: Image = { moverImage: MOVER }) {
    this.#module = this.#makeModule(image);
  }

  /** One that is home of the dataset, and has its claim in use and a pod of the exporter that runs. */
  static exporting(): ExportingCentre {
    const centre = new ExportingCentre();
    centre.place('production');
    centre.haveClaim();
    centre.havePod(RUNNING);
    return centre;
  }

  /** Writes the dataset, with what differs of its files. */
  haveDataset(files: object = {}): Live<Dataset> {
    const endpoint = { everywhere: { host: 'files.example', port: 30_434 } };
    return this.#write({ files: { volumeClaim: 'archive', endpoint, ...files } });
  }

  /** Writes the dataset as a database, which has no files. */
  haveDatabase(): Live<Dataset> {
    const endpoint = { everywhere: { host: 'database.example', port: 30_432 } };
    return this.#write({
      class: 'general',
      postgres: { endpoint, podLabels: { app: 'archive' }, databases: [{ name: 'archive' }] },
    });
  }

  /** Makes a centre home of the dataset. */
  place(centre: string): void {
    this.#home = centre;
    const backup = centre === 'production' ? 'remote-dr' : 'production';
    const spec = { group: 'archive', home: centre, backup, backupSource: 'home', epoch: 1 };
    this.operator.have(
      resourceTypeOf(placementKind),
      tenantObject('Placement', API_VERSION, 'archive', { spec }),
    );
  }

  /** A claim that nobody has mounted. */
  haveUnusedClaim(name = 'archive'): void {
    this.operator.have(CLAIMS, tenantObject('PersistentVolumeClaim', 'v1', name));
  }

  /** A claim, mounted by a pod of the department. */
  haveClaim(name = 'archive'): void {
    this.haveUnusedClaim(name);
    this.haveUser({ status: { containerStatuses: [{ state: { running: {} } }] } }, name);
  }

  /** The one pod of the department, which wants a claim mounted, as the kubelet tells of it. */
  haveUser({ status, metadata = {} }: UserPod, claimName = 'archive'): void {
    this.#remove(PODS, 'licences/library');
    const spec = { volumes: [{ name: 'files', persistentVolumeClaim: { claimName } }] };
    const pod = tenantObject('Pod', 'v1', 'library', { spec, status });
    this.operator.have(wholeType(PODS), { ...pod, metadata: { ...pod.metadata, ...metadata } });
  }

  /** The pod of the exporter, as the kubelet tells of it. */
  havePod(status: object): void {
    const pod = tenantObject('Pod', 'v1', 'pod', { status });
    const labels = { 'zaibei.io/exporter': 'archive' };
    this.operator.have(wholeType(PODS), { ...pod, metadata: { ...pod.metadata, labels } });
  }

  /** What stands under the name of the exporter. */
  find(type: ResourceType): ApiObject | undefined {
    return this.operator.server.find(type, EXPORTER);
  }

  /** Begins to look after exporters. */
  run(): void {
    for (const work of this.#module.whileLeading) void work.run(this.#running.signal);
  }

  /** Ends that. */
  stop(): void {
    this.#running.abort();
  }

  /** Has an operator that knows nothing of what was before. */
  replaceOperator(image: Image = { moverImage: MOVER }): void {
    this.stop();
    this.#running = new AbortController();
    this.#module = this.#makeModule(image);
  }

  /** What is told of the dataset now. */
  told(dataset: Live<Dataset>): Verdict | undefined {
    return this.#module.evidence.judge(dataset, this.operator.clock.now(), this.#home);
  }

  /** Looks after exporters until this is told of the dataset. */
  async untilTold(dataset: Live<Dataset>, reason: string): Promise<Verdict | undefined> {
    this.run();
    await expect.poll(() => this.told(dataset)?.reason).toBe(reason);
    return this.told(dataset);
  }

  /** Lets time pass until every exporter was looked at once more. */
  async look(): Promise<void> {
    await this.operator.clock.pass(LOOK_INTERVAL);
  }

  #makeModule({ moverImage }: Image): FilesModule {
    const events: EventRecorder = { record: (_about, note) => void this.events.push(note) };
    const dependencies = { ...this.operator.dependencies, moverImage, events };
    return filesOf(dependencies, () => Promise.resolve({ ...REPORT, ...this.#start(), ...this.answer }));
  }

  #write(source: object): Live<Dataset> {
    const spec = datasetKind.spec.parse({
      displayName: '电子证照',
      protectionGroup: 'archive',
      size: '1GiB',
      dailyChange: '1GiB',
      ...source,
    });
    return this.operator.have(DATASETS, tenantObject('Dataset', API_VERSION, 'archive', { spec }));
  }

  #remove(type: ResourceType, key: ObjectKey): void {
    const found = this.operator.server.find(type, key);
    if (found !== undefined) this.operator.server.delete(type, found);
  }

  /** With what the pod of the exporter was started: there is no kubelet, so the Deployment says it. */
  #start(): Partial<ExporterReport> {
    const deployment = this.find(DEPLOYMENTS) as (ApiObject & V1Deployment) | undefined; // as it was written
    const variables = deployment?.spec?.template.spec?.containers[0]?.env ?? [];
    const startedWith = variables.find(({ name }) => name === 'ZAIBEI_STARTED_WITH')?.value;
    return startedWith === undefined ? {} : { startedWith };
  }
}

/** Image of the movers that an operator is told; undefined: none. */
interface Image {
  readonly moverImage: string | undefined;
}

/** What the kubelet, and who deletes it, says of a pod. */
interface UserPod {
  readonly status: object;
  readonly metadata?: object;
}

/** An object of the tenant. */
export function tenantObject(kind: string, apiVersion: string, name: string, more: object = {}): NewObject {
  return { apiVersion, kind, metadata: { namespace: 'licences', name }, ...more };
}
