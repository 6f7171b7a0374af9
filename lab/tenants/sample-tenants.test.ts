import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { requireSite } from '../../operators/api/site/load-site.ts';
import { describeInstance } from '../instance.ts';
import { LAB_SITE } from '../site/lab-site.ts';
import { databaseName, hostRules } from './database-settings.ts';
import { LICENCE_PODS, LICENCES } from './licences.ts';
import { sampleDatabases, sampleTenants, TENANT_PODS } from './sample-tenants.ts';
import { TENANT_SIZES } from './sample-tenant.ts';

const site = await requireSite(LAB_SITE);

let state: string;
beforeEach(async () => {
  state = await mkdtemp(path.join(os.tmpdir(), 'lab-tenants-'));
});
afterEach(() => rm(state, { recursive: true }));

describe('the sample tenants', () => {
  test('are what the datasets of the lab describe', () => {
    for (const { tenant, nodePort } of sampleDatabases(TENANT_SIZES.full)) {
      const dataset = site.datasets.find(({ metadata }) => metadata.namespace === tenant);
      expect(dataset?.spec.postgres?.podLabels).toEqual({ app: databaseName({ tenant }) });
      expect(dataset?.spec.postgres?.databases.map(({ name }) => name)).toEqual([tenant]);
      const ports = dataset?.spec.postgres?.endpoint.perCentre?.map(({ port }) => port);
      expect(new Set(ports)).toEqual(new Set([nodePort]));
    }
    const licences = site.datasets.find(({ metadata }) => metadata.namespace === LICENCES);
    expect(licences?.spec.files?.volumeClaim).toBe(LICENCES);
  });

  test('are tenants of the zone, and one of them no dataset names', () => {
    const tenants = site.zones.flatMap(({ spec }) => spec.tenants ?? []).map(({ name }) => name);
    const named = site.datasets.map(({ metadata }) => metadata.namespace);
    const samples = TENANT_PODS.map(({ name }) => name);
    expect(tenants).toEqual(expect.arrayContaining(samples));
    expect(samples.filter((name) => !named.includes(name))).toEqual(['civil-affairs']);
    expect(samples).toContain(LICENCE_PODS.name);
  });

  test('are the same each time, keys included, and put no secret where everybody reads', async () => {
    const instance = describeInstance('test', 1, state);
    await mkdir(instance.directory);
    const first = await sampleTenants(instance, TENANT_SIZES.small);
    const again = await sampleTenants(instance, TENANT_SIZES.small);
    expect(again).toEqual(first);
    const [population] = first;
    const objects = population?.objects ?? [];
    const secrets = objects.filter(isSecret);
    const values = secrets.flatMap(({ stringData }) => Object.values(stringData));
    expect(values).toHaveLength(7);
    const open = JSON.stringify(objects.filter((object) => !isSecret(object)));
    for (const value of values.filter((text) => text !== 'postgres')) expect(open).not.toContain(value);
  });
});

describe('a database of the lab', () => {
  test('asks everybody for TLS and a password, from the pod networks of every centre and through its API server', () => {
    const [population] = sampleDatabases(TENANT_SIZES.small);
    if (population === undefined) throw new RangeError('there is a database');
    const rules = hostRules(population, describeInstance('lab', 0, state))
      .trim()
      .split('\n');
    for (const rule of rules)
      expect(rule).toMatch(
        /^(hostssl .* (10\.91\.[123]\.0\/24|127\.0\.0\.1\/32)|local all all) scram-sha-256$/,
      );
    expect(rules).toContain('hostssl population population_app 10.91.3.0/24 scram-sha-256');
    expect(rules).toHaveLength(8);
  });
});

function isSecret(object: object): object is { readonly stringData: Readonly<Record<string, string>> } {
  return 'stringData' in object;
}
