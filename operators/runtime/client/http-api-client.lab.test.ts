import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { placementKind } from '../../api/index.ts';
import { parseExample } from '../../api/kinds/examples/example.ts';
import type { NewObject } from '../objects/api-object.ts';
import { resourceTypeOf } from '../objects/resource-type.ts';
import { LabCluster } from '../testing/lab-cluster.ts';
import { createOrAdopt } from './create-or-adopt.ts';

const type = resourceTypeOf(placementKind);
const [ONE, TWO] = [{ fieldManager: 'zaibei-one' }, { fieldManager: 'zaibei-two' }];

let cluster: LabCluster;

beforeAll(async () => {
  cluster = await LabCluster.open();
});

afterAll(async () => {
  await cluster.close();
});

/** A placement with some fields of its spec changed. */
function placement(name: string, spec: object = {}, labels: Record<string, string> = {}): NewObject {
  const example = parseExample(placementKind)['spec'] as object; // every example has one
  const { apiVersion, kind } = type;
  const metadata = { name, namespace: cluster.namespace, labels };
  return { apiVersion, kind, metadata, spec: { ...example, ...spec } };
}

/** A status that states one condition. */
function stated(name: string, condition: string) {
  const { apiVersion, kind } = type;
  const fields = { reason: 'Tested', message: 'It was tested.', lastTransitionTime: '2026-11-23T04:00:00Z' };
  const conditions = [{ type: condition, status: 'True', observedGeneration: 1, ...fields }];
  return { apiVersion, kind, metadata: { name, namespace: cluster.namespace }, status: { conditions } };
}

describe('on a real API server', () => {
  it('two managers own fields of one object, and a conflict between them is an error that names the other', async () => {
    const { client } = cluster;
    await client.apply(type, placement('shared'), ONE);
    const other = client.apply(type, placement('shared', { epoch: 7 }), TWO);
    await expect(other).rejects.toMatchObject({
      status: 409,
      reason: 'Conflict',
      retry: { kind: 'backoff' },
    });
    await expect(other).rejects.toThrow(
      /apply Placement .*\/shared in production: .*"zaibei-one".*\.spec\.epoch/s,
    );
    const forced = await client.apply(type, placement('shared', { epoch: 7 }), { ...TWO, force: true });
    expect(forced).toMatchObject({ spec: { epoch: 7 }, metadata: { generation: 2 } });
    expect(forced.metadata).toHaveProperty('managedFields', undefined);
  });

  it('two controllers state their conditions in one status, and take back only their own', async () => {
    const { client, namespace } = cluster;
    await client.apply(type, placement('conditions'), ONE);
    await client.applyStatus(type, stated('conditions', 'One'), ONE);
    await client.applyStatus(type, stated('conditions', 'Two'), TWO);
    await client.applyStatus(type, { ...stated('conditions', 'One'), status: {} }, ONE);
    const found = await client.find(type, `${namespace}/conditions`);
    expect(found?.status?.conditions?.map((condition) => condition.type)).toEqual(['Two']);
  });

  it('a rule in CEL refuses a document, and the error says which', async () => {
    const refused = cluster.client.create(type, placement('refused', { replica: 'production' }));
    await expect(refused).rejects.toMatchObject({ status: 422, reason: 'Invalid', code: 'ZB-API-009' });
    await expect(refused).rejects.toThrow('home and replica are two centres');
  });

  it('of many who create one child at the same time one makes it, and the others have the same', async () => {
    const { client } = cluster;
    const run = { 'zaibei.io/run': 'nightly' };
    const label = 'zaibei.io/run';
    const racers = Array.from({ length: 20 }, () =>
      createOrAdopt(client, type, placement('slot', {}, run), { label }),
    );
    const children = await Promise.all(racers);
    expect(children.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(children.map(({ object }) => object.metadata.uid)).size).toBe(1);
    const stranger = createOrAdopt(client, type, placement('slot', {}, { [label]: 'other' }), { label });
    await expect(stranger).rejects.toMatchObject({ code: 'ZB-API-021' });
  });

  it('an old version is not replaced, and only the very object is deleted', async () => {
    const { client, namespace } = cluster;
    const first = await client.create(type, placement('successor'));
    await client.replace(type, { ...first, spec: { ...first.spec, epoch: 2 } });
    const late = client.replace(type, { ...first, spec: { ...first.spec, epoch: 3 } });
    await expect(late).rejects.toMatchObject({ reason: 'Conflict' });
    await client.delete(type, first);
    await client.delete(type, first);
    const successor = await client.create(type, placement('successor'));
    await client.delete(type, first);
    const { resourceVersion } = successor.metadata;
    expect((await client.find(type, `${namespace}/successor`))?.metadata.resourceVersion).toBe(
      resourceVersion,
    );
  });

  it('a kind that is not served is not found, which is not the same as an object that is not there', async () => {
    const { client, namespace } = cluster;
    const unserved = { ...type, kind: 'Dream', plural: 'dreams' };
    expect(await client.find(type, `${namespace}/nothing`)).toBeUndefined();
    await expect(client.find(unserved, `${namespace}/nothing`)).rejects.toMatchObject({ reason: 'NotFound' });
  });
});

const tokenSchema = z.object({ status: z.object({ token: z.string() }) });

/** Makes a service account without any right. @returns a token of it */
async function accountToken(name: string): Promise<string> {
  const accounts = `/api/v1/namespaces/${cluster.namespace}/serviceaccounts`;
  await cluster.post(accounts, { metadata: { name } });
  return tokenSchema.parse(await cluster.post(`${accounts}/${name}/token`, { spec: {} })).status.token;
}

/** Text of a kubeconfig like the administrator's, with another user. */
function kubeconfigOf(user: 'administrator' | { readonly token: string }): string {
  const { source } = cluster;
  if (source.kind !== 'kubeconfig') throw new Error('the lab is reached by a kubeconfig');
  const config = new KubeConfig();
  config.loadFromString(readFileSync(source.file, 'utf8'));
  config.setCurrentContext(source.context ?? '');
  const name = config.getCurrentUser()?.name ?? '';
  if (user !== 'administrator')
    config.users = config.users.map((each) => (each.name === name ? { name, ...user } : each));
  return config.exportConfig();
}

describe('credentials that are renewed', () => {
  it('are used without a restart: a certificate, a token, and another after the server refused that one', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'rotation-'));
    const file = path.join(folder, 'kubeconfig');
    const client = cluster.connect({ kind: 'kubeconfig', file });
    const who = async (): Promise<string> =>
      client.listPage(type, { limit: 1 }).then(
        () => 'administrator',
        (error: unknown) => (error instanceof Error ? error.message : ''),
      );
    try {
      writeFileSync(file, kubeconfigOf('administrator'));
      expect(await who()).toBe('administrator');
      writeFileSync(file, kubeconfigOf({ token: await accountToken('nobody') }));
      await expect.poll(who, { timeout: 15_000 }).toMatch(/403 Forbidden: .*serviceaccount:.*:nobody/);
      writeFileSync(file, kubeconfigOf({ token: 'revoked' }));
      await expect.poll(who, { timeout: 15_000 }).toContain('Renew the token or the certificate');
      writeFileSync(file, kubeconfigOf('administrator'));
      expect(await who()).toBe('administrator');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
