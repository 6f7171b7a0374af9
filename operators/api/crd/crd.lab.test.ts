import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { backupStoreKind } from '../kinds/backup-store.ts';
import { datasetKind } from '../kinds/dataset.ts';
import type { Kind } from '../kinds/kind.ts';
import { placementKind } from '../kinds/placement.ts';
import { KINDS } from '../kinds/registry.ts';
import { generateCrd } from './custom-resource-definition.ts';
import { openCrdLab, type CrdLab } from './testing/crd-lab.ts';
import { crdConditions } from './testing/establish-crds.ts';
import { exampleIn } from './testing/parity-documents.ts';
import { setField } from './testing/set-field.ts';
import { StrictApi, type Answer } from './testing/strict-api.ts';

/** What kubectl asks for to print it. */
const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io';

const resourceListSchema = z.object({
  resources: z.array(z.object({ name: z.string(), shortNames: z.array(z.string()).default([]) })),
});
const groupListSchema = z.object({
  groups: z.array(z.object({ name: z.string(), preferredVersion: z.object({ groupVersion: z.string() }) })),
});
const tableSchema = z.object({
  columnDefinitions: z.array(z.object({ name: z.string(), priority: z.int() })),
  rows: z.array(z.object({ cells: z.array(z.unknown()) })),
});

let lab: CrdLab;

beforeAll(async () => {
  lab = await openCrdLab();
});

afterAll(async () => {
  await lab.close();
});

/** Creates the example of a kind for real, a Placement at its third epoch, and tries an update of one field. */
async function tryUpdate(kind: Kind, field: string, value: unknown): Promise<Answer> {
  const collection = StrictApi.collection(kind, lab.namespace);
  const name = `update-${Date.now().toString(36)}`;
  const example = setField(exampleIn(kind, lab.namespace), 'metadata.name', name);
  const third = kind === placementKind ? setField(example, 'spec.epoch', 3) : example;
  const stored = await lab.api.send('POST', `${collection}?fieldValidation=Strict`, third);
  expect(stored.message).toBe('');
  const updated = await lab.api.send(
    'PUT',
    `${collection}/${name}?dryRun=All`,
    setField(stored.body, field, value),
  );
  await lab.api.send('DELETE', `${collection}/${name}`);
  return updated;
}

describe('the CRDs on a real API server', () => {
  it.each(KINDS)('of $kind is established and structural', async (kind) => {
    const conditions = await crdConditions(lab.api, kind);
    expect(conditions).toContain('Established=True');
    expect(conditions.filter((condition) => condition.startsWith('NonStructuralSchema'))).toEqual([]);
  });

  it.each(KINDS)(
    'of $kind comes back as it was written, so that a deployment finds no drift',
    async (kind) => {
      const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${kind.crdName}`;
      const { body } = await lab.api.send('GET', path);
      expect(body).toMatchObject(generateCrd(kind));
    },
  );

  it('have short names that nothing else on the server has', async () => {
    const groups = groupListSchema.parse((await lab.api.send('GET', '/apis')).body).groups;
    const paths = groups
      .filter(({ name }) => name !== 'zaibei.io')
      .map(({ preferredVersion }) => `/apis/${preferredVersion.groupVersion}`);
    const answers = await Promise.all(['/api/v1', ...paths].map((path) => lab.api.send('GET', path)));
    const taken = answers.flatMap(({ body }) =>
      resourceListSchema.parse(body).resources.flatMap(({ name, shortNames }) => [name, ...shortNames]),
    );
    expect(taken).toContain('ds');
    const ours = KINDS.flatMap(({ plural, singular, shortNames }) => [plural, singular, ...shortNames]);
    expect(ours.filter((name) => taken.includes(name))).toEqual([]);
  });
});

describe('an update', () => {
  it.each([
    {
      kind: backupStoreKind,
      field: 'spec.centre',
      value: 'local-dr',
      message: 'centre cannot be changed; make a new',
    },
    {
      kind: placementKind,
      field: 'spec.group',
      value: 'other',
      message: 'group cannot be changed; make a new object',
    },
    { kind: placementKind, field: 'spec.epoch', value: 2, message: 'the epoch never goes back' },
    {
      kind: placementKind,
      field: 'spec.home',
      value: 'local-dr',
      message: 'home and replica are two centres',
    },
  ])('of $kind.kind may not change $field to $value', async ({ kind, field, value, message }) => {
    const answer = await tryUpdate(kind, field, value);
    expect(answer.code).toBe(422);
    expect(answer.message).toContain(message);
  });

  it.each([
    { kind: backupStoreKind, field: 'spec.capacity', value: '80TiB' },
    { kind: placementKind, field: 'spec.epoch', value: 4 },
    { kind: placementKind, field: 'spec.backup', value: 'local-dr' },
    { kind: datasetKind, field: 'spec.size', value: '1TiB' },
  ])('of $kind.kind may change $field to $value', async ({ kind, field, value }) => {
    expect((await tryUpdate(kind, field, value)).message).toBe('');
  });
});

describe('kubectl get', () => {
  it.each(KINDS)('shows a $kind with a value in every column that its spec fills', async (kind) => {
    const collection = StrictApi.collection(kind, lab.namespace);
    const example = setField(exampleIn(kind, lab.namespace), 'metadata.name', 'shown');
    await lab.api.send('POST', collection, example);
    const { body } = await lab.api.send('GET', `${collection}/shown`, undefined, TABLE);
    const { columnDefinitions, rows } = tableSchema.parse(body);
    await lab.api.send('DELETE', `${collection}/shown`);
    const bySpec = kind.columns
      .filter(({ jsonPath }) => jsonPath.startsWith('.spec.'))
      .map(({ name }) => name);
    const empty = columnDefinitions.filter(
      (column, index) => bySpec.includes(column.name) && isBlank(rows[0]?.cells[index]),
    );
    expect(empty).toEqual([]);
    expect(columnDefinitions.map(({ name }) => name)).toEqual([
      'Name',
      ...kind.columns.map(({ name }) => name),
    ]);
  });
});

function isBlank(cell: unknown): boolean {
  return cell === undefined || cell === null || cell === '';
}
