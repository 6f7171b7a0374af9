import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { ApiObject } from '../objects/api-object.ts';
import type { ResourceType } from '../objects/resource-type.ts';
import { readList } from './read-list.ts';

interface Kept extends ApiObject {
  readonly phase: unknown;
}

/** Keeps one field of what there are many of. */
const podType: ResourceType<Kept> = {
  apiVersion: 'v1',
  kind: 'Pod',
  plural: 'pods',
  scope: 'Namespaced',
  keep: ({ apiVersion, kind, metadata, ...rest }) => {
    const { name, uid, resourceVersion } = metadata;
    const phase = 'status' in rest ? rest.status : undefined;
    return { apiVersion, kind, metadata: { name, uid, resourceVersion }, phase };
  },
};

/** A list of pods as an API server sends it, half of it the bookkeeping of field managers: about 3 kB each. */
function listOf(pods: number): Buffer {
  const items = Array.from({ length: pods }, (_, each) => ({
    metadata: {
      name: `pod-${each}`,
      uid: `uid-${each}`,
      resourceVersion: String(each),
      managedFields: [{ manager: 'kubelet', fieldsV1: Object.fromEntries(fields(60, 'f:status')) }],
    },
    spec: { containers: [{ image: '镜像', env: fields(25, 'env') }] },
    status: 'Running',
  }));
  return Buffer.from(
    JSON.stringify({ kind: 'PodList', metadata: { resourceVersion: '9', continue: 'more' }, items }),
  );
}

function fields(count: number, name: string): [string, string][] {
  return Array.from({ length: count }, (_, each) => [`${name}-${each}`, 'some value']);
}

/** The bytes in chunks as a socket gives them. */
function* chunks(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

describe('a page of a list', () => {
  it('has what the type keeps of each object, with kind and version that items do not say', async () => {
    const page = await readList(podType, Readable.from(chunks(listOf(3))));
    expect(page).toMatchObject({ resourceVersion: '9', continue: 'more' });
    expect(page.items[1]).toEqual({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'pod-1', uid: 'uid-1', resourceVersion: '1' },
      phase: 'Running',
    });
  });

  it('lets everything else in the process have its turn while it is read, however long it is', async () => {
    const bytes = listOf(5_000);
    let turns = 0;
    let reading = true;
    const turn = (): void => {
      turns += 1;
      if (reading) setImmediate(turn);
    };
    setImmediate(turn);
    const { items } = await readList(podType, Readable.from(chunks(bytes)));
    reading = false;
    expect(items).toHaveLength(5_000);
    // A quarter of a megabyte at most between two turns is a few milliseconds of work.
    expect(turns).toBeGreaterThan(bytes.length / (256 * 1_024));
  });

  it('that is no list, or broke off, is refused', async () => {
    const bytes = listOf(2);
    await expect(readList(podType, Readable.from([bytes.subarray(0, 900)]))).rejects.toThrow(SyntaxError);
    await expect(readList(podType, Readable.from([Buffer.from('{}')]))).rejects.toThrow('no list');
  });

  it('is refused where its items are not found as such: what is missing would count as deleted', async () => {
    const text = `{"metadata":{"resourceVersion":"9"},"items":${' '.repeat(100)}[{"metadata":{}}]}`;
    await expect(readList(podType, Readable.from([Buffer.from(text)]))).rejects.toThrow(SyntaxError);
  });
});
