import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { placementKind, type Placement } from '../../api/index.ts';
import { parseExample } from '../../api/kinds/examples/example.ts';
import type { ApiClient } from '../client/api-client.ts';
import { systemClock } from '../clock.ts';
import { ApiEventRecorder } from '../events/api-event-recorder.ts';
import { eventType } from '../events/event-series.ts';
import { fencedClient } from '../leadership/fenced-client.ts';
import { silentLogger } from '../logs/logger.ts';
import { resourceTypeOf } from '../objects/resource-type.ts';
import { LabCluster } from '../testing/lab-cluster.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { silentMetrics } from '../testing/silent-metrics.ts';
import { Reflector } from '../watching/reflector.ts';
import { Controller } from './controller.ts';
import type { Step } from './step.ts';

const type = resourceTypeOf(placementKind);
const PATIENCE = { timeout: 30_000, interval: 100 };

const stop = new AbortController();
/** Placements whose status was sent, in order. */
const sent: string[] = [];
let cluster: LabCluster;
let reflector: Reflector<ReturnType<typeof type.keep>>;
let running: Promise<unknown>;

/** States two conditions, in an order that is not the server's, and counts. */
const state: Step<Placement> = ({ spec, status, event }) => {
  status.condition('Zealous', 'True', 'Tested', `epoch ${spec.epoch}`);
  status.condition('Able', 'True', 'Tested', 'it was tested');
  event('Normal', 'Tested', 'it was tested');
};

beforeAll(async () => {
  cluster = await LabCluster.open();
  const plain = fencedClient(cluster.client, () => true, systemClock);
  const client: ApiClient = {
    ...plain,
    applyStatus: (kind, object, options) => {
      sent.push(object.metadata.name);
      return plain.applyStatus(kind, object, options);
    },
  };
  const [clock, log, metrics] = [systemClock, silentLogger, silentMetrics];
  const reporter = { controller: 'zaibei.io/test', instance: 'test-0' };
  const events = new ApiEventRecorder({ client, clock, log, metrics, reporter, signal: stop.signal });
  reflector = new Reflector({ client, type, selection: { namespace: cluster.namespace }, clock, log });
  const watching = reflector.run(stop.signal);
  await reflector.store.untilSynced();
  const definition = { name: 'lab', kind: placementKind, triggers: [], steps: [state] };
  // The only kind that is asked for is the one that is watched.
  const readers = { of: () => reflector.store as never };
  const controller = new Controller<Placement>(definition, { client, readers, metrics, clock, log, events });
  running = Promise.all([watching, controller.run(stop.signal)]);
});

afterAll(async () => {
  stop.abort();
  await running;
  await cluster.close();
});

async function create(name: string) {
  const { client, namespace } = cluster;
  const { apiVersion, kind } = type;
  const { spec } = parseExample(placementKind);
  return client.create(type, { apiVersion, kind, metadata: { name, namespace }, spec });
}

describe('a controller on a real API server', () => {
  it('writes the status once, and rests when the server keeps it in another order', async () => {
    const made = await create('one');
    const key = `${cluster.namespace}/one`;
    await expect.poll(() => reflector.store.find(key)?.status?.phase, PATIENCE).toBe('Ready');
    const status = reflector.store.find(key)?.status;
    expect(status?.conditions?.map((condition) => condition.type).toSorted()).toEqual([
      'Able',
      'Ready',
      'Zealous',
    ]);
    // A label asks for a run, which must find that all of it stands already.
    await cluster.client.replace(type, {
      ...made,
      metadata: {
        ...made.metadata,
        resourceVersion: reflector.store.find(key)?.metadata.resourceVersion ?? '',
        labels: { note: 'touched' },
      },
    });
    await expect.poll(() => reflector.store.find(key)?.metadata.labels, PATIENCE).toBeDefined();
    await create('after');
    await expect.poll(() => sent.includes('after'), PATIENCE).toBe(true);
    expect(sent.filter((name) => name === 'one')).toHaveLength(1);
  });

  it('is refused a status over a version that it did not read', async () => {
    const { client, namespace } = cluster;
    const first = await create('again');
    const { resourceVersion } = first.metadata;
    await client.delete(type, first);
    await create('again');
    const { apiVersion, kind } = type;
    const metadata = { name: 'again', namespace, resourceVersion };
    const late = client.applyStatus(
      type,
      { apiVersion, kind, metadata, status: { phase: 'Late' } },
      { fieldManager: 'zaibei-other', force: true },
    );
    await expect(late).rejects.toMatchObject({ status: 409, reason: 'Conflict' });
  });

  it('tells events that the server takes, and takes again when they repeat', async () => {
    const { client, namespace } = cluster;
    const about = await create('told');
    const clock = new ManualClock();
    const recorder = new ApiEventRecorder({
      client,
      clock,
      log: silentLogger,
      metrics: silentMetrics,
      reporter: { controller: 'zaibei.io/test', instance: 'test-0' },
      signal: stop.signal,
    });
    const find = async () => {
      const { items } = await client.listPage(eventType, { namespace, limit: 500 });
      return items.filter(({ metadata }) => metadata.name.startsWith('told.'));
    };
    const note = { type: 'Warning', reason: 'Repeated', message: 'the same again' } as const;
    recorder.record(about, note);
    await vi.waitFor(async () => {
      expect(await find()).toContainEqual(expect.objectContaining({ reason: 'Repeated' }));
    }, PATIENCE);
    for (let time = 0; time < 4; time += 1) recorder.record(about, note);
    clock.advance(60_000);
    await vi.waitFor(async () => {
      const series = expect.objectContaining({ count: 5 }) as unknown;
      expect(await find()).toContainEqual(expect.objectContaining({ reason: 'Repeated', series }));
    }, PATIENCE);
  });
});
