import { describe, expect, it } from 'vitest';
import { silentLogger, type LogFields, type Logger } from '../logs/logger.ts';
import type { ApiObject } from '../objects/api-object.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import type { Change } from './reader.ts';
import { Store } from './store.ts';

interface Note extends ApiObject {
  readonly tags: readonly string[];
}

function note(name: string, resourceVersion: string, ...tags: string[]): Note {
  const metadata = { namespace: 'tenant', name, uid: `uid of ${name}`, resourceVersion };
  return { apiVersion: 'v1', kind: 'Note', metadata, tags };
}

function storeOf(...notes: readonly Note[]) {
  const clock = new ManualClock();
  const errors: LogFields[] = [];
  const log: Logger = { ...silentLogger, error: (_message, fields = {}) => void errors.push(fields) };
  const store = new Store<Note>({ clock, log });
  const changes: Change<Note>[] = [];
  store.listen((change) => changes.push(change));
  for (const each of notes) store.put(each);
  return { store, clock, changes, errors };
}

const [one, two] = [note('one', '1', 'red'), note('two', '2', 'red', 'blue')];

describe('a store', () => {
  it('tells what is new, what has changed and what is gone, with what was before', () => {
    const { store, changes } = storeOf(one);
    const newer = note('one', '3');
    store.put(newer);
    store.remove('tenant/one');
    expect(changes).toEqual([
      { key: 'tenant/one', before: undefined, after: one },
      { key: 'tenant/one', before: one, after: newer },
      { key: 'tenant/one', before: newer },
    ]);
    expect(store.size).toBe(0);
  });

  it('tells nothing of what it knows, and nothing of the end of what it never had', () => {
    const { store, changes } = storeOf(one);
    store.put(note('one', '1'));
    store.remove('tenant/other');
    expect(changes).toHaveLength(1);
    expect(store.find('tenant/one')).toBe(one);
  });

  it('tells of an object that came in the place of another of its name and version', () => {
    const { store, changes } = storeOf(one);
    store.put({ ...one, metadata: { ...one.metadata, uid: 'another' } });
    expect(changes).toHaveLength(2);
  });

  it('derives from a complete list what was deleted, and is synced from then on', async () => {
    const { store, changes } = storeOf(one, two);
    expect(store.synced).toBe(false);
    store.keepOnly(new Set(['tenant/two']));
    await store.untilSynced();
    expect(store.synced).toBe(true);
    expect(changes.at(-1)).toEqual({ key: 'tenant/one', before: one });
    expect([...store.all()]).toEqual([two]);
  });

  it('finds objects by index, whether declared before they came or after', () => {
    const { store } = storeOf(one);
    store.index('tag', ({ tags }) => tags);
    store.put(two);
    expect(store.having('tag', 'red')).toEqual([one, two]);
    expect(store.having('tag', 'blue')).toEqual([two]);
    const changed = note('two', '3', 'green');
    store.put(changed);
    store.remove('tenant/one');
    expect(store.having('tag', 'red')).toEqual([]);
    expect(store.having('tag', 'blue')).toEqual([]);
    expect(store.having('tag', 'green')).toEqual([changed]);
  });

  it('refuses an index that was never declared, and one declared twice', () => {
    const { store } = storeOf();
    expect(() => store.having('tag', 'red')).toThrow('no index "tag"');
    store.index('tag', () => []);
    expect(() => {
      store.index('tag', () => []);
    }).toThrow('declared already');
  });

  it('keeps listeners and indexes that throw from each other, and logs what they threw', () => {
    const { store, changes, errors } = storeOf();
    const thrown = new Error('not my day');
    const fail = (): never => {
      throw thrown;
    };
    const heard: string[] = [];
    store.index('broken', fail);
    store.listen(fail);
    store.listen(({ key }) => heard.push(key));
    store.put(one);
    expect(changes).toHaveLength(1);
    expect(heard).toEqual(['tenant/one']);
    expect(store.having('broken', 'red')).toEqual([]);
    expect(errors).toEqual([{ error: thrown }, { error: thrown }]);
  });

  it('says when the server was heard of last, on the clock that does not jump', () => {
    const { store, clock } = storeOf();
    expect(store.heardAt).toBeUndefined();
    clock.advance(5);
    clock.setWallClock(-3_600_000);
    store.heard();
    expect(store.heardAt).toBe(5);
  });
});
