import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Condition, Dataset, DataZone, Resource } from '../api/index.ts';
import { copiesNamespace } from '../api/layout/namespaces.ts';
import { MemoryJournal } from '../evidence/testing/memory-journal.ts';
import {
  ApiError,
  type ApiClient,
  type ApiObject,
  type Live,
  type NewObject,
  type ObjectKey,
  type ResourceType,
} from '../runtime/index.ts';
import { LabCluster } from '../runtime/testing/lab-cluster.ts';
import { RunningOperator } from '../runtime/testing/running-operator.ts';
import { protection } from './protection-module.ts';
import { labSite, tenancyOf } from './testing/lab-site.ts';
import { TYPES } from './testing/protected-centre.ts';
import { CLAIMS, NAMESPACES, NETWORK_POLICIES, QUOTAS } from './zone/observed-kinds.ts';

/** A namespace takes a while to go: each run has tenants of its own. */
const RUN = Date.now().toString(36);

const [POPULATION, ECONOMY] = [`population-${RUN}`, `economy-${RUN}`];

const PATIENCE = { timeout: 20_000, interval: 50 };

const STACKS = { fieldManager: 'zaibei-stacks', force: true };

let cluster: LabCluster;
let zone: DataZone;
let datasets: readonly Dataset[];
const running: RunningOperator[] = [];
const journal = new MemoryJournal();

/** Starts an operator, which the end of the test stops. */
async function start(client: ApiClient = cluster.client): Promise<RunningOperator> {
  const operator = await RunningOperator.start({ client, journal, make: protection });
  running.push(operator);
  return operator;
}

async function apply(type: ResourceType, object: NewObject): Promise<void> {
  await cluster.client.apply(type, object, STACKS);
}

/** An object as the server has it. */
async function find<T extends ApiObject>(type: ResourceType<T>, key: ObjectKey): Promise<T> {
  const found = await cluster.client.find(type, key);
  if (found === undefined) throw new Error(`there is no ${type.kind} ${key}`);
  return found;
}

/** Waits until the conditions of an object, judged at its generation, are these: `Type=Status Reason`. */
function untilTold<R extends Resource>(
  type: ResourceType<Live<R>>,
  key: ObjectKey,
  expected: readonly string[],
): Promise<Live<R>> {
  return vi.waitFor(async () => {
    const object = await find(type, key);
    const { conditions = [], observedGeneration } = (object.status ?? {}) as {
      conditions?: readonly Condition[]; // as every kind of ours
      observedGeneration?: number;
    };
    expect(observedGeneration).toBe(object.metadata.generation);
    expect(conditions.map(({ type: about, status, reason }) => `${about}=${status} ${reason}`)).toEqual(
      expected,
    );
    return object;
  }, PATIENCE);
}

const UNPROTECTED = [
  'Protected=False NotRunning',
  'Realtime=False NotRunning',
  'Resolved=True Resolved',
  'Timed=False NoRecoveryPoint',
];

beforeAll(async () => {
  cluster = await LabCluster.open();
  const site = await labSite();
  const [declared] = site.zones;
  if (declared === undefined) throw new Error('the lab has no zone');
  const named = new Map([
    ['population', POPULATION],
    ['economy', ECONOMY],
  ]);
  const tenants = (declared.spec.tenants ?? []).flatMap((tenant) => {
    const name = named.get(tenant.name);
    return name === undefined ? [] : { ...tenant, name };
  });
  zone = { ...declared, spec: { ...declared.spec, tenants, exchangeGrants: [], roles: [] } };
  datasets = site.datasets.flatMap((dataset) => {
    const namespace = named.get(dataset.metadata.namespace ?? '');
    return namespace === undefined ? [] : { ...dataset, metadata: { ...dataset.metadata, namespace } };
  });
  await apply(TYPES.topology, site.topology);
  await apply(TYPES.zone, zone);
  for (const policy of site.policies) await apply(TYPES.policy, policy);
  for (const store of site.stores) await apply(TYPES.store, store);
  for (const object of tenancyOf(zone)) {
    const type = [NAMESPACES, QUOTAS, NETWORK_POLICIES].find(({ kind }) => kind === object.kind);
    if (type !== undefined) await apply(type, object);
  }
  for (const dataset of datasets) await apply(TYPES.dataset, dataset);
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((operator) => operator.stop()));
});

afterAll(async () => {
  const { client } = cluster;
  for (const type of [TYPES.topology, TYPES.zone, TYPES.policy, TYPES.store] as ResourceType[]) {
    const { items } = await client.listPage(type, { limit: 100 });
    for (const object of items) await client.delete(type, object);
  }
  for (const tenant of [POPULATION, ECONOMY]) {
    for (const name of [tenant, copiesNamespace(tenant)])
      await client.delete(NAMESPACES, await find(NAMESPACES, name));
  }
  await cluster.close();
});

describe('protection on a real API server', () => {
  it('gives every document its status, and every group its Placement', async () => {
    await start();
    const policy = await untilTold(TYPES.policy, 'important', [
      'Feasible=True ChangesFit',
      'Ready=True RulesKept',
    ]);
    expect(policy.status).toMatchObject({ datasets: 1, feasibility: { judged: 1, exceeding: 0 } });
    expect(policy.status?.nextSlots).toHaveLength(3);
    const dataset = await untilTold(TYPES.dataset, `${POPULATION}/population`, UNPROTECTED);
    expect(dataset.status).toMatchObject({ phase: 'Unprotected', policy: 'important' });
    const placement = await untilTold(TYPES.placement, `${POPULATION}/population`, [
      'AsDesigned=True AsDesigned',
      'Ready=True Reconciled',
    ]);
    expect(placement).toMatchObject({ spec: { home: 'production', epoch: 1 }, status: { datasets: 1 } });
    const observed = await untilTold(TYPES.zone, 'province', [
      'Covered=True AllNamed',
      'Intact=True AsDeclared',
      'Ready=True Reconciled',
      'TenantsStand=True AllStand',
    ]);
    expect(observed.status).toMatchObject({ tenants: 2, drift: { total: 0 } });
    await vi.waitFor(async () => {
      expect((await find(TYPES.zone, 'province')).status?.quotaUsed).toMatchObject({ cpu: '0m', pods: 0 });
    }, PATIENCE);
  });

  it('stalls a policy that makes no sense, and disturbs no other key', async () => {
    await start();
    const good = await find(TYPES.policy, 'general');
    const timed = good.spec.timed && {
      ...good.spec.timed,
      schedule: { cron: '0 0 31 2 *', timeZone: 'Asia/Shanghai' },
    };
    await apply(TYPES.policy, written(good, { ...good.spec, timed }));
    const stalled = await vi.waitFor(async () => {
      const found = await find(TYPES.policy, 'general');
      expect(found.status?.phase).toBe('Stalled');
      return found;
    }, PATIENCE);
    expect(stalled.status?.findings?.[0]).toMatchObject({ field: 'spec.timed.schedule.cron' });
    await untilTold(TYPES.dataset, `${ECONOMY}/economy`, [
      'Protected=False PolicyStalled',
      'Realtime=Unknown NotResolved',
      'Resolved=False PolicyStalled',
      'Timed=Unknown NotResolved',
    ]);
    expect((await find(TYPES.policy, 'important')).status?.phase).toBe('Ready');
    await apply(TYPES.policy, written(good, good.spec));
    await untilTold(TYPES.dataset, `${ECONOMY}/economy`, [
      'Protected=False NoRecoveryPoint',
      'Realtime=False NotInPolicy',
      'Resolved=True Resolved',
      'Timed=False NoRecoveryPoint',
    ]);
  });

  it('leaves a Placement alone that recovery has moved on, also after a restart', async () => {
    const first = await start();
    const before = await find(TYPES.placement, `${POPULATION}/population`);
    await first.stop();
    const moved = { ...before.spec, home: 'local-dr', replica: 'production', epoch: 2 };
    await cluster.client.apply(TYPES.placement, written(before, moved), {
      fieldManager: 'zaibei-recovery',
      force: true,
    });
    await start();
    await untilTold(TYPES.placement, `${POPULATION}/population`, [
      'AsDesigned=False TakenOver',
      'Ready=True Reconciled',
    ]);
    const [dataset] = datasets;
    await apply(TYPES.dataset, {
      ...dataset,
      metadata: { ...dataset?.metadata, labels: { touched: RUN } },
    } as NewObject);
    await untilTold(TYPES.dataset, `${POPULATION}/population`, UNPROTECTED);
    const after = await find(TYPES.placement, `${POPULATION}/population`);
    expect(after).toMatchObject({ spec: moved, metadata: { uid: before.metadata.uid } });
  });

  it('makes one Placement of a group, however many operators race for it', async () => {
    const race = raceToCreate(cluster.client, 'Placement', 2);
    await Promise.all([start(race.client), start(race.client)]);
    const group = `races-${RUN}`;
    const [like] = datasets;
    if (like === undefined) throw new Error('the lab has no dataset');
    const spec = { ...like.spec, protectionGroup: group };
    await apply(TYPES.dataset, { ...like, metadata: { ...like.metadata, name: group }, spec });
    await untilTold(TYPES.dataset, `${POPULATION}/${group}`, UNPROTECTED);
    const { items } = await cluster.client.listPage(TYPES.placement, { limit: 100, namespace: POPULATION });
    expect(items.filter(({ spec: { group: of } }) => of === group)).toHaveLength(1);
    expect(race.outcomes).toEqual(['made', 'AlreadyExists']);
  });

  it('tells by name what was altered by hand and what no Dataset names', async () => {
    await start();
    const deny = await find(NETWORK_POLICIES, `${ECONOMY}/default-deny`);
    await cluster.client.delete(NETWORK_POLICIES, deny);
    const resources = { requests: { storage: '1Mi' } };
    const metadata = { name: 'forgotten', namespace: ECONOMY };
    const spec = { accessModes: ['ReadWriteOnce'], resources };
    await apply(CLAIMS, { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec });
    const { status } = await untilTold(TYPES.zone, 'province', [
      'Covered=False Uncovered',
      'Intact=False Drifted',
      'Ready=False Drifted',
      'TenantsStand=True AllStand',
    ]);
    expect(status?.drift?.objects).toEqual([
      expect.objectContaining({ kind: 'NetworkPolicy', namespace: ECONOMY, name: 'default-deny' }),
    ]);
    expect(status?.coverage?.uncovered).toEqual([
      { kind: 'PersistentVolumeClaim', namespace: ECONOMY, name: 'forgotten' },
    ]);
  });

  it('has recorded each generation of policies and zones once', () => {
    const told = journal.records.map(
      ({ object }) => `${object?.kind ?? ''} ${object?.name ?? ''} ${object?.generation ?? 0}`,
    );
    expect(told.filter((one) => one.startsWith('ProtectionPolicy general'))).toEqual([
      'ProtectionPolicy general 1',
      'ProtectionPolicy general 2',
      'ProtectionPolicy general 3',
    ]);
    expect(new Set(told).size).toBe(told.length);
  });
});

/**
 * A client whose creations of a kind wait for each other, so that so many operators surely race.
 * @returns also what came of them, in the order of the answers
 */
function raceToCreate(client: ApiClient, kind: string, racers: number) {
  const outcomes: string[] = [];
  const { promise: all, resolve: off } = Promise.withResolvers<undefined>();
  let waiting = 0;
  const create: ApiClient['create'] = async (type, ...rest) => {
    if (type.kind !== kind) return client.create(type, ...rest);
    waiting += 1;
    if (waiting === racers) off(undefined);
    await all;
    try {
      const made = await client.create(type, ...rest);
      outcomes.push('made');
      return made;
    } catch (error) {
      outcomes.push(error instanceof ApiError ? error.reason : String(error));
      throw error;
    }
  };
  const racing = new Proxy(client, {
    get: (target, name) => {
      if (name === 'create') return create;
      const member: unknown = Reflect.get(target, name);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
  return { client: racing, outcomes };
}

/** A document as it is written, with another spec. */
function written<R extends Resource>({ apiVersion, kind, metadata }: Live<R>, spec: R['spec']): NewObject {
  const { name, namespace } = metadata;
  return { apiVersion, kind, metadata: { name, namespace }, spec };
}
