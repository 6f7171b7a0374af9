import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { API_VERSION, datasetKind, placementKind, type Dataset } from '../../api/index.ts';
import { copiesNamespace } from '../../api/layout/namespaces.ts';
import { certificateSecretName, passwordSecretName } from '../../api/layout/source-access.ts';
import type { Verdict } from '../../protection/index.ts';
import { resourceTypeOf, type ApiObject, type Live, type ResourceType } from '../../runtime/index.ts';
import { TestOperator } from '../../runtime/testing/test-operator.ts';
import { databaseRoles } from '../postgres/access/database-roles.ts';
import { POPULATION, prepareDatabase, type Passwords } from '../postgres/testing/prepared-database.ts';
import { postgresDataset } from '../postgres/testing/fit-instance.ts';
import { LIMITS, START, TestDatabase } from '../postgres/testing/test-database.ts';
import { sourcesOf, type SourcesModule } from '../sources-module.ts';
import { READ_INTERVAL } from './source-sample.ts';

const datasetType = resourceTypeOf(datasetKind);
const secretType: ResourceType = {
  apiVersion: 'v1',
  kind: 'Secret',
  plural: 'secrets',
  scope: 'Namespaced',
  keep: (parsed: ApiObject) => parsed,
};

let database: TestDatabase;
let passwords: Passwords;

beforeAll(async () => {
  database = await TestDatabase.start();
  const owner = await database.connect();
  await owner.execute(
    ['CREATE DATABASE population', "ALTER SYSTEM SET max_slot_wal_keep_size = '1GB'"],
    LIMITS,
  );
  await owner.close();
  passwords = await prepareDatabase(database);
}, START);
afterAll(() => database[Symbol.asyncDispose]());

let operator: TestOperator;
let module: SourcesModule;
let running: AbortController;
let home: string;

beforeEach(() => {
  operator = new TestOperator();
  module = sourcesOf(operator.dependencies);
  running = new AbortController();
  return () => {
    running.abort();
  };
});

/** The dataset of the tests in its group, with its address as given. */
function have(centre = 'production', port = database.port): Live<Dataset> {
  home = centre;
  const spec = postgresDataset();
  operator.have(resourceTypeOf(placementKind), {
    apiVersion: API_VERSION,
    kind: 'Placement',
    metadata: { namespace: POPULATION.namespace, name: 'people' },
    spec: { group: 'people', home, backup: 'remote-dr', backupSource: 'home', epoch: 1 },
  });
  const endpoint = { everywhere: { host: database.host, port } };
  return operator.have(datasetType, {
    apiVersion: API_VERSION,
    kind: 'Dataset',
    metadata: POPULATION,
    spec: { ...spec, postgres: { ...spec.postgres, endpoint } },
  });
}

async function haveSecrets(password = passwords.guard): Promise<void> {
  const namespace = copiesNamespace(POPULATION.namespace);
  const user = databaseRoles(POPULATION).guard;
  const { certificate, key, authority } = await database.identity(user);
  const secret = (name: string, values: Record<string, string>): void => {
    const data = Object.fromEntries(
      Object.entries(values).map(([each, value]) => [each, Buffer.from(value).toString('base64')]),
    );
    operator.have(secretType, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { namespace, name },
      data,
    } as Parameters<TestOperator['have']>[1]);
  };
  secret(passwordSecretName('guard', POPULATION.name), { username: user, password });
  secret(certificateSecretName('guard', POPULATION.name), {
    'tls.crt': certificate,
    'tls.key': key,
    'ca.crt': authority,
  });
}

const told = (dataset: Live<Dataset>): Verdict | undefined =>
  module.evidence.judge(dataset, operator.clock.now(), home);

function run(): void {
  for (const work of module.whileLeading ?? []) void work.run(running.signal);
}

/** What is told of a dataset once it is this. */
async function untilTold(dataset: Live<Dataset>, reason: string): Promise<Verdict | undefined> {
  await expect.poll(() => told(dataset)?.reason, { timeout: 15_000 }).toBe(reason);
  return told(dataset);
}

describe('a source', () => {
  it('is read by the operator of its home, as the guard, and told to be fit', async () => {
    const dataset = have();
    await haveSecrets();
    run();
    expect(await untilTold(dataset, 'Fit')).toMatchObject({ status: 'True' });
    const page = (await operator.metrics.render()).toString();
    expect(page).toContain('zaibei_source_up{namespace="population",dataset="people"} 1');
    expect(page).toMatch(/zaibei_source_database_bytes\{.*database="population"\} \d{7}/);
    expect(page).toMatch(/zaibei_source_certificate_expire_timestamp_seconds\{.*whose="guard"\} \d/);
  });

  it('that nobody has prepared is unknown, with what to type', async () => {
    const dataset = have();
    run();
    expect(await untilTold(dataset, 'NotPrepared')).toMatchObject({
      status: 'Unknown',
      message: expect.stringContaining('npx zaibei dataset prepare population/people') as string,
    });
  });

  it('is taken up without a restart once it is prepared', async () => {
    const dataset = have();
    run();
    await untilTold(dataset, 'NotPrepared');
    await haveSecrets();
    await operator.clock.pass(2 * READ_INTERVAL);
    await untilTold(dataset, 'Fit');
  });

  it('whose password is wrong is unknown, and the password is in no log and no condition', async () => {
    const dataset = have();
    await haveSecrets('wrong-canary-3391');
    run();
    const verdict = await untilTold(dataset, 'AccessRefused');
    expect(verdict?.status).toBe('Unknown');
    expect(JSON.stringify([verdict, operator.log])).not.toContain('canary');
  });

  it('whose spec was changed is unknown until it was read by the new one, which is done at once', async () => {
    const dataset = have();
    await haveSecrets();
    run();
    await untilTold(dataset, 'Fit');
    const changed = have('production', 1);
    expect(told(changed)).toMatchObject({ status: 'Unknown', reason: 'SpecChanged' });
    await untilTold(changed, 'Unreachable');
  });

  it('that nobody answers for is unknown', async () => {
    const dataset = have('production', 1);
    await haveSecrets();
    run();
    expect(await untilTold(dataset, 'Unreachable')).toMatchObject({ status: 'Unknown' });
    expect((await operator.metrics.render()).toString()).toContain(
      'zaibei_source_up{namespace="population",dataset="people"} 0',
    );
  });

  it('is not read where another centre is home', async () => {
    const dataset = have('local-dr');
    await haveSecrets();
    run();
    expect(told(dataset)).toMatchObject({ status: 'Unknown', reason: 'NotHome' });
    expect([...module.sources.samples()]).toEqual([]);
  });

  it('is no longer known when readings stop', async () => {
    const dataset = have();
    await haveSecrets();
    run();
    await untilTold(dataset, 'Fit');
    running.abort();
    expect(module.evidence.judge(dataset, operator.clock.now() + 10 * READ_INTERVAL, home)).toMatchObject({
      status: 'Unknown',
    });
  });
});
