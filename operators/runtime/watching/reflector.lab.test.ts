import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { placementKind } from '../../api/index.ts';
import { parseExample } from '../../api/kinds/examples/example.ts';
import { systemClock } from '../clock.ts';
import { silentLogger } from '../logs/logger.ts';
import { resourceTypeOf } from '../objects/resource-type.ts';
import { LabCluster } from '../testing/lab-cluster.ts';
import { Reflector } from './reflector.ts';

const type = resourceTypeOf(placementKind);

/** How long it may take a control plane on a busy machine to be there again. */
const PATIENCE = { timeout: 60_000, interval: 250 };

const stop = new AbortController();
const ended: string[] = [];
let cluster: LabCluster;
let reflector: Reflector<ReturnType<typeof type.keep>>;
let run: Promise<void>;

beforeAll(async () => {
  cluster = await LabCluster.open();
  const { client, namespace } = cluster;
  const observer = {
    listed: () => undefined,
    ended: (reason: string) => ended.push(reason),
    heard: () => undefined,
  };
  const selection = { namespace };
  reflector = new Reflector({ client, type, selection, clock: systemClock, log: silentLogger, observer });
  run = reflector.run(stop.signal);
  await reflector.store.untilSynced();
});

afterAll(async () => {
  stop.abort();
  await run;
  await cluster.close();
});

beforeEach(() => {
  ended.length = 0;
});

/** Creates a placement, as soon as the API server takes it. */
async function create(name: string): Promise<void> {
  const { client, namespace } = cluster;
  const { spec } = parseExample(placementKind);
  const document = { apiVersion: type.apiVersion, kind: type.kind, metadata: { name, namespace }, spec };
  await vi.waitFor(() => client.create(type, document), PATIENCE);
}

/** Waits until the store has an object. */
async function heardOf(name: string): Promise<void> {
  await expect.poll(() => reflector.store.find(`${cluster.namespace}/${name}`), PATIENCE).toBeDefined();
}

describe('a store of a real API server', () => {
  it('follows what is created, changed and deleted', async () => {
    const { client, namespace } = cluster;
    await create('a');
    await heardOf('a');
    const key = `${namespace}/a`;
    const found = await client.find(type, key);
    if (found === undefined) expect.unreachable();
    await client.replace(type, { ...found, spec: { ...found.spec, epoch: 2 } });
    await expect.poll(() => reflector.store.find(key)?.spec.epoch, PATIENCE).toBe(2);
    await client.delete(type, found);
    await expect.poll(() => reflector.store.find(key), PATIENCE).toBeUndefined();
    expect(ended).toEqual([]);
  });

  it('goes on after the API server was killed and started again', async () => {
    cluster.signal('kube-apiserver', 'SIGKILL');
    await expect.poll(() => ended, PATIENCE).toContain('error');
    await create('after-restart');
    await heardOf('after-restart');
    expect(reflector.store.synced).toBe(true);
  });

  it('goes on while etcd answers nobody, and has what comes when it answers again', async () => {
    const { client, namespace } = cluster;
    await create('before-pause');
    await heardOf('before-pause');
    cluster.signal('etcd', 'SIGSTOP');
    try {
      const key = `${namespace}/before-pause`;
      await expect(client.find(type, key, { deadline: 1_500 })).rejects.toMatchObject({ reason: 'Timeout' });
      expect(reflector.store.find(key)).toBeDefined();
    } finally {
      cluster.signal('etcd', 'SIGCONT');
    }
    await create('after-pause');
    await heardOf('after-pause');
  });
});
