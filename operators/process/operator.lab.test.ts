import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { OPERATOR } from '../api/layout/identities.ts';
import { readRecords } from '../evidence/index.ts';
import { EXIT, leaseType } from '../runtime/index.ts';
import { LabCluster } from '../runtime/testing/lab-cluster.ts';
import { CENTRE, TOPOLOGY, topologies } from './testing/example-topology.ts';
import { OperatorProcess } from './testing/operator-process.ts';

const MAIN = path.resolve(import.meta.dirname, '../main.ts');

let cluster: LabCluster;
let folder: string;

beforeAll(async () => {
  cluster = await LabCluster.open();
  folder = mkdtempSync(path.join(tmpdir(), 'zaibei-operator-'));
  await cluster.client.apply(topologies, TOPOLOGY, { fieldManager: 'zaibei-stacks' });
});

afterAll(async () => {
  await cluster.close();
  rmSync(folder, { recursive: true, force: true });
});

function start(pod: string): OperatorProcess {
  const { instance } = inject('lab');
  return new OperatorProcess([MAIN], {
    ZAIBEI_CENTRE: CENTRE,
    ZAIBEI_NAMESPACE: cluster.namespace,
    ZAIBEI_POD: pod,
    ZAIBEI_JOURNAL: folder,
    ZAIBEI_LISTEN: '127.0.0.1:0',
    KUBECONFIG: instance.kubeconfig,
    ZAIBEI_CONTEXT: instance.centres[0]?.context ?? '',
  });
}

function leads(operator: OperatorProcess): boolean {
  return operator.lines.some(({ message }) => message === 'leading');
}

/** Who has led, by the journal. */
async function leadersOnRecord(): Promise<readonly string[]> {
  const leaders: string[] = [];
  for await (const { record } of readRecords(folder))
    if (record?.kind === 'leader-change') leaders.push(record.actor);
  return leaders;
}

async function until(condition: () => boolean, timeout: number): Promise<void> {
  await vi.waitUntil(condition, { timeout, interval: 50 });
}

describe('two replicas on a real API server', () => {
  it('survive the sudden death of the leader: the other leads, and nothing is done twice', async () => {
    await using first = start('operator-0');
    await until(() => leads(first), 30_000);
    await using second = start('operator-1');
    await until(() => second.output.includes('waiting to lead'), 30_000);
    await vi.waitUntil(
      async () => {
        const topology = await cluster.client.find(topologies, TOPOLOGY.metadata.name);
        return topology?.status?.observedGeneration === topology?.metadata.generation;
      },
      { timeout: 30_000, interval: 200 },
    );

    first.signal('SIGKILL');
    await until(() => leads(second), 30_000);

    const bothLed = ['pod/operator-0', 'pod/operator-1'];
    await expect.poll(leadersOnRecord, { timeout: 10_000 }).toEqual(bothLed);
    second.signal('SIGTERM');
    expect(await second.exited).toBe(EXIT.stopped);
    const lease = await cluster.client.find(leaseType, `${cluster.namespace}/${OPERATOR}`);
    expect(lease?.spec).toMatchObject({ leaseTransitions: 1 });
    expect(lease?.spec).not.toHaveProperty('holderIdentity', expect.stringContaining('operator'));

    expect(await leadersOnRecord()).toEqual(bothLed);
    for (const operator of [first, second]) expect(operator.output).not.toMatch(/"level":"error"/);
  });
});
