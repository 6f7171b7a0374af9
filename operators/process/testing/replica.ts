import { vi } from 'vitest';
import { datasetKind } from '../../api/index.ts';
import { MemoryJournal } from '../../evidence/testing/memory-journal.ts';
import { MetricRegistry } from '../../metrics/index.ts';
import {
  leaseType,
  resourceTypeOf,
  silentLogger,
  type ControllerModule,
  type Dependencies,
  type ExitCode,
} from '../../runtime/index.ts';
import { SeededRandom } from '../../runtime/simulation/seeded-random.ts';
import { scriptedCluster, type ScriptedCluster } from '../../runtime/testing/scripted-cluster.ts';
import { assemble } from '../assembly.ts';
import { runOperator } from '../run-operator.ts';
import { CENTRE, topologies } from './example-topology.ts';

/** How datasets are reached: what the module of a replica reads. */
export const datasets = resourceTypeOf(datasetKind);

/** A replica of an operator whose one module tells what it goes through. */
export interface Replica {
  readonly told: string[];
  readonly dependencies: Dependencies;
  readonly ended: Promise<ExitCode>;
  readonly stop: AbortController;
}

/** Starts one. @param options a centre that the topology may not have; a module that throws */
export function startReplica(
  cluster: ScriptedCluster,
  options: { centre?: string; pod?: string; defect?: boolean } = {},
): Replica {
  const { centre: name = CENTRE, pod = 'operator-0', defect = false } = options;
  const told: string[] = [];
  let given: Dependencies | undefined;
  const work = {
    name: 'work',
    run: async (signal: AbortSignal) => {
      told.push('begins');
      if (defect) throw new Error('thrown by a module');
      await vi.waitUntil(() => signal.aborted, { timeout: 10_000, interval: 1 });
      told.push('ends');
    },
  };
  const makeModules = (dependencies: Dependencies): readonly ControllerModule[] => {
    given = dependencies;
    dependencies.readers.of(datasets);
    return [{ name: 'test', controllers: [], whileLeading: [work] }];
  };
  const parts = {
    identity: { centre: name, namespace: 'zaibei-system', pod },
    client: cluster.client,
    metrics: new MetricRegistry(),
    clock: cluster.clock,
    log: silentLogger,
    openJournal: () => Promise.resolve(journalOf(cluster)),
    random: new SeededRandom(pod.charCodeAt(pod.length - 1)).next,
    makeModules,
  };
  const stop = new AbortController();
  const assembly = assemble(parts, stop.signal);
  if (given === undefined) throw new Error('the module was not made');
  return { told, dependencies: given, stop, ended: runOperator(assembly, parts, stop.signal) };
}

const journals = new WeakMap<ScriptedCluster, MemoryJournal>();

/** The one journal of a centre, whichever replica writes it. */
export function journalOf(cluster: ScriptedCluster): MemoryJournal {
  const journal = journals.get(cluster) ?? new MemoryJournal({ centre: CENTRE });
  journals.set(cluster, journal);
  return journal;
}

/** The API server of a centre, without a topology. */
export function centre(): Promise<ScriptedCluster> {
  return scriptedCluster([topologies, datasets, leaseType]);
}

/** Lets time pass until something has come about. */
export async function passUntil(cluster: ScriptedCluster, condition: () => boolean): Promise<void> {
  await vi.waitUntil(
    async () => {
      await cluster.clock.pass(100);
      return condition();
    },
    { timeout: 10_000, interval: 1 },
  );
}
