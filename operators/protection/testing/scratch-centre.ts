import { expect, vi } from 'vitest';
import type { Condition, Dataset, Resource } from '../../api/index.ts';
import { MemoryJournal } from '../../evidence/testing/memory-journal.ts';
import type { ApiClient, ApiObject, Live, NewObject, ObjectKey, ResourceType } from '../../runtime/index.ts';
import { LabCluster } from '../../runtime/testing/lab-cluster.ts';
import { RunningOperator } from '../../runtime/testing/running-operator.ts';
import { protection } from '../protection-module.ts';
import { scratchSite, type ScratchSite } from './scratch-site.ts';
import { told } from './told-conditions.ts';

/** How long a real API server and the controllers on it may take. */
export const PATIENCE = { timeout: 20_000, interval: 50 };

const STACKS = { fieldManager: 'zaibei-stacks', force: true };

/** The production centre of the lab of the tests, with a small site of its own, and operators that come and go. */
export class ScratchCentre {
  /** Of the centre: it outlives its operators. */
  readonly journal = new MemoryJournal();
  readonly #cluster: LabCluster;
  readonly #site: ScratchSite;
  readonly #running: RunningOperator[] = [];

  private constructor(cluster: LabCluster, site: ScratchSite) {
    this.#cluster = cluster;
    this.#site = site;
  }

  /** @param names of the two tenants */
  static async open(names: Parameters<typeof scratchSite>[0]): Promise<ScratchCentre> {
    const centre = new ScratchCentre(await LabCluster.open(), await scratchSite(names));
    for (const [type, object] of centre.#site.objects) await centre.apply(type, object);
    return centre;
  }

  get client(): ApiClient {
    return this.#cluster.client;
  }

  get datasets(): readonly Dataset[] {
    return this.#site.datasets;
  }

  /** Starts an operator of the centre. */
  async start(client: ApiClient = this.client): Promise<RunningOperator> {
    const operator = await RunningOperator.start({ client, journal: this.journal, make: protection });
    this.#running.push(operator);
    return operator;
  }

  /** Stops all operators that run. */
  async stopAll(): Promise<void> {
    await Promise.all(this.#running.splice(0).map((operator) => operator.stop()));
  }

  /** Writes an object as a deployment does. */
  async apply(type: ResourceType, object: NewObject): Promise<void> {
    await this.client.apply(type, object, STACKS);
  }

  /** An object as the server has it. */
  async find<T extends ApiObject>(type: ResourceType<T>, key: ObjectKey): Promise<T> {
    const found = await this.client.find(type, key);
    if (found === undefined) throw new Error(`there is no ${type.kind} ${key}`);
    return found;
  }

  /** Waits until the conditions of an object, judged at its generation, are these: `Type=Status Reason`. */
  untilTold<R extends Resource>(
    type: ResourceType<Live<R>>,
    key: ObjectKey,
    expected: readonly string[],
  ): Promise<Live<R>> {
    return vi.waitFor(async () => {
      const object = await this.find(type, key);
      const { conditions = [], observedGeneration } = (object.status ?? {}) as {
        conditions?: readonly Condition[]; // as every kind of ours
        observedGeneration?: number;
      };
      expect(observedGeneration).toBe(object.metadata.generation);
      expect(told(conditions)).toEqual(expected);
      return object;
    }, PATIENCE);
  }

  /** Takes away what {@link open} made; namespaces take their contents along. */
  async close(): Promise<void> {
    for (const [type, object] of this.#site.objects.filter(([{ scope }]) => scope === 'Cluster')) {
      const found = await this.client.find(type, object.metadata.name);
      if (found !== undefined) await this.client.delete(type, found);
    }
    await this.#cluster.close();
  }
}

/** A document as it is written, with another spec. */
export function written<R extends Resource>(
  { apiVersion, kind, metadata }: Live<R>,
  spec: R['spec'],
): NewObject {
  const { name, namespace } = metadata;
  return { apiVersion, kind, metadata: { name, namespace }, spec };
}
