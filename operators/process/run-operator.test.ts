import { describe, expect, it, vi } from 'vitest';
import { datasetKind, topologyKind } from '../api/index.ts';
import { parseExample } from '../api/kinds/examples/example.ts';
import { MemoryJournal } from '../evidence/testing/memory-journal.ts';
import { MetricRegistry } from '../metrics/index.ts';
import {
  EXIT,
  leaseType,
  NotLeadingError,
  resourceTypeOf,
  silentLogger,
  type Dependencies,
  type ExitCode,
  type MakeControllers,
  type NewObject,
} from '../runtime/index.ts';
import { scriptedCluster, type ScriptedCluster } from '../runtime/testing/scripted-cluster.ts';
import { assemble } from './assembly.ts';
import { runOperator } from './run-operator.ts';
import { NotAdmittedError, UnknownCentreError } from './start-error.ts';

const topologies = resourceTypeOf(topologyKind);
const datasets = resourceTypeOf(datasetKind);

/** The example is a whole document of its kind. */
const TOPOLOGY = parseExample(topologyKind) as unknown as NewObject;
const CENTRE = topologyKind.spec.parse(parseExample(topologyKind)['spec']).centres[0]?.name ?? '';

const LEASE = 'zaibei-system/zaibei-operator';

/** A replica of an operator whose one module tells what it goes through. */
interface Replica {
  readonly told: string[];
  readonly dependencies: Dependencies;
  readonly ended: Promise<ExitCode>;
  readonly stop: AbortController;
}

function start(
  cluster: ScriptedCluster,
  options: { centre?: string; pod?: string; defect?: boolean } = {},
): Replica {
  const { centre = CENTRE, pod = 'operator-0', defect = false } = options;
  const told: string[] = [];
  let given: Dependencies | undefined;
  const works = (name: string) => ({
    name,
    run: async (signal: AbortSignal) => {
      told.push(`${name} begins`);
      if (defect) throw new Error('thrown by a module');
      await vi.waitUntil(() => signal.aborted, { timeout: 10_000, interval: 1 });
      told.push(`${name} ends`);
    },
  });
  const module: MakeControllers = (dependencies) => {
    given = dependencies;
    dependencies.readers.of(datasets);
    return {
      name: 'test',
      controllers: [],
      background: [works('background')],
      whileLeading: [works('leading')],
    };
  };
  const parts = {
    identity: { centre, namespace: 'zaibei-system', pod },
    client: cluster.client,
    metrics: new MetricRegistry(),
    clock: cluster.clock,
    log: silentLogger,
    openJournal: () => Promise.resolve(journalOf(cluster)),
    modules: [module],
  };
  const stop = new AbortController();
  const assembly = assemble(parts, stop.signal);
  if (given === undefined) throw new Error('the module was not made');
  return { told, dependencies: given, stop, ended: runOperator(assembly, parts, stop.signal) };
}

const journals = new WeakMap<ScriptedCluster, MemoryJournal>();

/** The one journal of a centre, whichever replica writes it. */
function journalOf(cluster: ScriptedCluster): MemoryJournal {
  const journal = journals.get(cluster) ?? new MemoryJournal({ centre: CENTRE });
  journals.set(cluster, journal);
  return journal;
}

function cluster(): Promise<ScriptedCluster> {
  return scriptedCluster([topologies, datasets, leaseType]);
}

/** Lets time pass until something has come about. */
async function until(cluster: ScriptedCluster, condition: () => boolean): Promise<void> {
  await vi.waitUntil(
    async () => {
      await cluster.clock.pass(100);
      return condition();
    },
    { timeout: 10_000, interval: 1 },
  );
}

describe('the life of an operator', () => {
  it('reads, leads, works, and when told to stop ends its work before it gives the lease back', async () => {
    await using scripted = await cluster();
    scripted.server.api.apply(topologies, TOPOLOGY, 'stacks');
    const { told, ended, stop } = start(scripted);
    await until(scripted, () => told.includes('leading begins'));
    expect(told).toEqual(['background begins', 'leading begins']);
    await until(scripted, () => journalOf(scripted).records.length > 0);

    const holder = () => scripted.server.api.find(leaseType, LEASE)?.['spec'];
    expect(holder()).toMatchObject({ holderIdentity: expect.stringMatching(/^operator-0_/) as string });
    stop.abort();
    await until(scripted, () => holder() === undefined || !('holderIdentity' in Object(holder())));
    expect(told).toContain('leading ends');
    expect(await ended).toBe(EXIT.stopped);
    expect(told.slice(2).sort()).toEqual(['background ends', 'leading ends']);
  });

  it('keeps a standby reading and not working, and lets it write nothing', async () => {
    await using scripted = await cluster();
    scripted.server.api.apply(topologies, TOPOLOGY, 'stacks');
    const leader = start(scripted);
    await until(scripted, () => leader.told.includes('leading begins'));
    const standby = start(scripted, { pod: 'operator-1' });
    await until(scripted, () => standby.dependencies.readers.of(datasets).synced);
    await scripted.clock.pass(20_000);
    expect(standby.told).toEqual(['background begins']);
    const write = standby.dependencies.client.create(datasets, TOPOLOGY);
    await expect(write).rejects.toThrow(NotLeadingError);
    await expect(
      standby.dependencies.journal.append({ kind: 'vote', actor: 'pod/operator-1', body: {} }),
    ).rejects.toThrow(NotLeadingError);

    // The leader steps down, and the standby takes its place: two terms, two records.
    leader.stop.abort();
    await until(scripted, () => standby.told.includes('leading begins'));
    await until(scripted, () => journalOf(scripted).records.length === 2);
    expect(journalOf(scripted).records.map(({ kind, actor }) => [kind, actor])).toEqual([
      ['leader-change', 'pod/operator-0'],
      ['leader-change', 'pod/operator-1'],
    ]);
    standby.stop.abort();
    await until(scripted, () => standby.told.includes('leading ends'));
    await Promise.all([leader.ended, standby.ended]);
  });

  it('ends with a code of its own when it loses the lead', async () => {
    await using scripted = await cluster();
    scripted.server.api.apply(topologies, TOPOLOGY, 'stacks');
    const { told, ended } = start(scripted);
    await until(scripted, () => told.includes('leading begins'));
    scripted.server.fail({ with: 503, times: Infinity });
    await until(scripted, () => told.includes('leading ends'));
    expect(await ended).toBe(EXIT.leadershipLost);
  });

  it('ends by the error of a module that ends by itself', async () => {
    await using scripted = await cluster();
    scripted.server.api.apply(topologies, TOPOLOGY, 'stacks');
    await expect(start(scripted, { defect: true }).ended).rejects.toThrow('thrown by a module');
  });
});

describe('an operator that is not where it should be', () => {
  it('names the centres that there are', async () => {
    await using scripted = await cluster();
    scripted.server.api.apply(topologies, TOPOLOGY, 'stacks');
    const { ended } = start(scripted, { centre: 'atlantis' });
    await expect(ended).rejects.toThrow(UnknownCentreError);
    await expect(ended).rejects.toThrow(CENTRE);
  });

  it('waits for an API server and for a topology, with fewer and fewer requests', async () => {
    await using scripted = await cluster();
    scripted.server.fail({ with: 503, times: 3 });
    const { ended, stop, told } = start(scripted);
    const asked = () => scripted.server.count('list');
    await until(scripted, () => asked() === 3);
    await scripted.clock.pass(600_000);
    expect(asked()).toBeLessThan(60);
    scripted.server.api.apply(topologies, TOPOLOGY, 'stacks');
    await until(scripted, () => told.includes('leading begins'));
    stop.abort();
    await until(scripted, () => told.includes('leading ends'));
    expect(await ended).toBe(EXIT.stopped);
  });

  it('bears to be refused by an API server that has just started, and not for longer', async () => {
    await using scripted = await cluster();
    const end = scripted.server.fail({ with: 401, reason: 'Unauthorized', times: Infinity });
    const { ended } = start(scripted);
    const outcome = ended.catch((error: unknown) => error);
    await scripted.clock.pass(20_000);
    let settled = false;
    void outcome.then(() => (settled = true));
    await scripted.clock.pass(0);
    expect(settled).toBe(false);
    await until(scripted, () => settled);
    expect(await outcome).toBeInstanceOf(NotAdmittedError);
    end();
  });

  it('stops also while it waits', async () => {
    await using scripted = await cluster();
    scripted.server.fail({ with: 'silence', times: Infinity });
    const { ended, stop } = start(scripted);
    await scripted.clock.pass(1_000);
    stop.abort();
    expect(await ended).toBe(EXIT.stopped);
  });
});
