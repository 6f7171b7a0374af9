import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { datasetKind } from '../kinds/dataset.ts';
import type { Kind } from '../kinds/kind.ts';
import { placementKind } from '../kinds/placement.ts';
import { KINDS } from '../kinds/registry.ts';
import { topologyKind } from '../kinds/topology.ts';
import { openCrdLab, type CrdLab } from './testing/crd-lab.ts';
import {
  exampleIn,
  parityDocuments,
  statusDocuments,
  type ParityDocument,
} from './testing/parity-documents.ts';
import { setField } from './testing/set-field.ts';
import { StrictApi, type Answer } from './testing/strict-api.ts';

let lab: CrdLab;

beforeAll(async () => {
  lab = await openCrdLab();
});

afterAll(async () => {
  await lab.close();
});

interface Judged extends ParityDocument {
  readonly zod: z.ZodSafeParseResult<unknown>;
  readonly server: Answer;
}

async function judge(kind: Kind, documents: readonly ParityDocument[]): Promise<Judged[]> {
  const path = StrictApi.collection(kind, lab.namespace);
  return Promise.all(
    documents.map(async (each) => {
      return {
        ...each,
        zod: kind.schema.safeParse(each.document),
        server: await lab.api.tryCreate(path, each.document),
      };
    }),
  );
}

/**
 * The documents of which zod or the server says other than the verdict; or, without a verdict, other than each other. The
 * first few of them: one mistake shows in many documents.
 */
function differencesIn(judged: readonly Judged[]): object[] {
  return judged
    .filter(({ verdict, zod, server }) =>
      verdict === undefined
        ? zod.success !== server.accepted
        : zod.success !== (verdict === 'accepted') || server.accepted !== (verdict !== 'refused'),
    )
    .slice(0, 5)
    .map(({ title, verdict, zod, server, document }) => {
      return { title, verdict, zod: zod.success || zod.error.issues, server: server.message, document };
    });
}

describe.each(KINDS)('$kind', (kind) => {
  let judged: Judged[];
  beforeAll(async () => {
    judged = await judge(kind, parityDocuments(kind, lab.namespace));
  });

  it('is accepted and refused by zod and by the API server alike, at least 60 good and 60 bad documents', () => {
    expect(differencesIn(judged)).toEqual([]);
    expect(judged.filter(({ zod }) => zod.success).length).toBeGreaterThanOrEqual(60);
    expect(judged.filter(({ zod }) => !zod.success).length).toBeGreaterThanOrEqual(60);
  });

  it('gets the same defaults from zod as from the API server', () => {
    const accepted = judged.flatMap(({ title, zod, server }) =>
      zod.success && server.accepted ? [{ title, zod: specOf(zod.data), server: specOf(server.body) }] : [],
    );
    expect(accepted.filter((each) => JSON.stringify(each.zod) !== JSON.stringify(each.server))).toEqual([]);
  });

  it('has its unknown fields refused by the path of the field', async () => {
    const document = setField(exampleIn(kind, lab.namespace), 'spec.surprise', 1);
    const { message } = await lab.api.tryCreate(StrictApi.collection(kind, lab.namespace), document);
    expect(message).toContain('strict decoding error: unknown field "spec.surprise"');
  });

  it('has a status that is accepted and refused by zod and by the API server alike', async () => {
    const collection = StrictApi.collection(kind, lab.namespace);
    const example = setField(exampleIn(kind, lab.namespace), 'metadata.name', 'with-status');
    const { body } = await lab.api.send('POST', collection, example);
    const path = `${collection}/with-status/status?dryRun=All&fieldValidation=Strict`;
    const judgedStatus = await Promise.all(
      statusDocuments(kind).map(async (each) => {
        const server = await lab.api.send('PUT', path, { ...asObject(body), status: each.document });
        return { ...each, zod: kind.status.safeParse(each.document), server };
      }),
    );
    await lab.api.send('DELETE', `${collection}/with-status`);
    expect(differencesIn(judgedStatus)).toEqual([]);
    expect(judgedStatus.length).toBeGreaterThanOrEqual(60);
  });
});

describe('what zod cannot or need not see as the API server does', () => {
  const collection = (kind: Kind): string => StrictApi.collection(kind, lab.namespace);
  const example = (kind: Kind): Record<string, unknown> => exampleIn(kind, lab.namespace);

  it('a document may carry metadata that only the API server writes: zod refuses it', async () => {
    for (const [field, value] of [
      ['finalizers', ['zaibei.io/x']],
      ['generateName', 'x-'],
      ['generation', 7],
    ] as const) {
      const document = setField(example(topologyKind), `metadata.${field}`, value);
      expect((await lab.api.tryCreate(collection(topologyKind), document)).message).toBe('');
      expect(topologyKind.schema.safeParse(document).success).toBe(false);
    }
  });

  it('a namespaced document may leave its namespace to the command: zod wants it stated', async () => {
    for (const namespace of [undefined, '']) {
      const document = setField(example(datasetKind), 'metadata.namespace', namespace);
      expect((await lab.api.tryCreate(collection(datasetKind), document)).message).toBe('');
      expect(datasetKind.schema.safeParse(document).success).toBe(false);
    }
  });

  it('a cluster-wide document may name a namespace, which is dropped: zod refuses it', async () => {
    const document = setField(example(topologyKind), 'metadata.namespace', 'anywhere');
    expect((await lab.api.tryCreate(collection(topologyKind), document)).message).toBe('');
    expect(topologyKind.schema.safeParse(document).success).toBe(false);
  });

  it('the status of a new document is dropped, right or wrong: zod refuses a wrong one', async () => {
    const document = setField(example(topologyKind), 'status', { phase: 7 });
    expect((await lab.api.tryCreate(collection(topologyKind), document)).message).toBe('');
    expect(topologyKind.schema.safeParse(document).success).toBe(false);
  });

  it('a whole number may be written as 1.0, and is read as 1 by both', async () => {
    const text = JSON.stringify(example(placementKind)).replace('"epoch":1', '"epoch":1.0');
    expect(text).toContain('1.0');
    expect((await lab.api.tryCreate(collection(placementKind), text)).message).toBe('');
    expect(placementKind.schema.safeParse(JSON.parse(text)).success).toBe(true);
  });

  it('a field may stand twice in the text: the API server refuses it, and so does the reader of YAML before zod', async () => {
    const text = JSON.stringify(example(placementKind)).replace('"epoch":1', '"epoch":1,"epoch":2');
    expect((await lab.api.tryCreate(collection(placementKind), text)).message).toContain(
      'duplicate field "spec.epoch"',
    );
    expect(() => {
      parse(text);
    }).toThrow('Map keys must be unique');
  });
});

function asObject(value: unknown): object {
  return z.record(z.string(), z.unknown()).parse(value);
}

/** The spec with its fields in the order of their names, as JSON has it. */
function specOf(document: unknown): unknown {
  const { spec } = z.object({ spec: z.unknown() }).parse(document);
  return sortFields(JSON.parse(JSON.stringify(spec)));
}

function sortFields(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry: unknown) => sortFields(entry));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, field]) => [name, sortFields(field)] as const);
  return Object.fromEntries(fields.sort(([one], [other]) => (one < other ? -1 : 1)));
}
