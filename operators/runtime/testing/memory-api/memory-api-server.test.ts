import { describe, expect, it } from 'vitest';
import { failedAs } from '../../errors/api-error.ts';
import { wish, wishType } from '../wish-kind.ts';
import { MemoryApiServer } from './memory-api-server.ts';

function makeServer(): MemoryApiServer {
  return new MemoryApiServer('production', () => Date.UTC(2026, 10, 23, 4));
}

function refusal(call: () => unknown): string | undefined {
  try {
    call();
  } catch (error) {
    for (const reason of ['AlreadyExists', 'NotFound', 'Conflict', 'Expired'])
      if (failedAs(error, reason)) return reason;
    throw error;
  }
  return undefined;
}

describe('an API server in memory', () => {
  it('gives what is created a uid, a version and a generation, and takes a name once', () => {
    const server = makeServer();
    const made = server.create(wishType, wish('one', 1));
    expect(made.metadata).toEqual({
      namespace: 'tenant',
      name: 'one',
      uid: 'wishes-1',
      resourceVersion: '1',
      generation: 1,
      creationTimestamp: '2026-11-23T04:00:00Z',
    });
    expect(refusal(() => server.create(wishType, wish('one', 2)))).toBe('AlreadyExists');
  });

  it('counts generations by the spec, and makes no version of a write that changes nothing', () => {
    const server = makeServer();
    server.apply(wishType, wish('one', 1), 'people');
    const status = { ...wish('one', 1), status: { seen: 1 } };
    const told = server.applyStatus(wishType, status, 'zaibei-wish');
    expect(told.metadata).toMatchObject({ generation: 1, resourceVersion: '2' });
    expect(server.applyStatus(wishType, status, 'zaibei-wish')).toBe(told);
    const changed = server.apply(wishType, wish('one', 2), 'people');
    expect(changed).toMatchObject({
      metadata: { generation: 2, resourceVersion: '3' },
      status: { seen: 1 },
    });
  });

  it('removes fields that a manager applies no longer, and keeps those of others', () => {
    const server = makeServer();
    const labelled = (labels: Record<string, string>) => {
      const document = wish('one', 1);
      return { ...document, metadata: { ...document.metadata, labels } };
    };
    server.apply(wishType, labelled({ a: '1', b: '1' }), 'people');
    server.apply(wishType, labelled({ b: '1', c: '1' }), 'stacks');
    server.apply(wishType, labelled({}), 'people');
    expect(server.find(wishType, 'tenant/one')?.metadata.labels).toEqual({ b: '1', c: '1' });
  });

  it('refuses what is meant for another object or another version', () => {
    const server = makeServer();
    const first = server.create(wishType, wish('one', 1));
    const { resourceVersion } = first.metadata;
    const metadata = { namespace: 'tenant', name: 'one', resourceVersion };
    const status = { ...wish('one', 1), metadata, status: {} };
    server.delete(wishType, first);
    expect(refusal(() => server.applyStatus(wishType, status, 'zaibei-wish'))).toBe('NotFound');
    const second = server.create(wishType, wish('one', 1));
    expect(refusal(() => server.applyStatus(wishType, status, 'zaibei-wish'))).toBe('Conflict');
    expect(
      refusal(() => {
        server.delete(wishType, first);
      }),
    ).toBe('Conflict');
    server.replace(wishType, { ...second, spec: { number: 2 } });
    expect(refusal(() => server.replace(wishType, { ...second, spec: { number: 3 } }))).toBe('Conflict');
  });

  it('tells what happened after a version, unless it has forgotten', () => {
    const server = makeServer();
    const made = server.create(wishType, wish('one', 1));
    server.delete(wishType, made);
    const told = server.since(wishType, made.metadata.resourceVersion);
    expect(told).toMatchObject([{ type: 'deleted', object: { metadata: { resourceVersion: '2' } } }]);
    server.create(wishType, wish('two', 1));
    server.log.compact();
    expect(refusal(() => server.since(wishType, '2'))).toBe('Expired');
    expect(server.since(wishType, '3')).toEqual([]);
  });
});
