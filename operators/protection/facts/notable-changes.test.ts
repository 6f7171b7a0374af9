import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../runtime/logs/logger.ts';
import type { ApiObject } from '../../runtime/objects/api-object.ts';
import { ManualClock } from '../../runtime/testing/manual-clock.ts';
import { Store } from '../../runtime/watching/store.ts';
import { specChanges } from './notable-changes.ts';

function object(resourceVersion: string, rest: Partial<ApiObject['metadata']> = {}): ApiObject {
  return {
    apiVersion: 'v1',
    kind: 'Thing',
    metadata: { name: 'a', uid: '1', generation: 1, resourceVersion, ...rest },
  };
}

describe('changes of the spec', () => {
  it.each<[string, ApiObject, boolean]>([
    ['the status was written', object('2'), false],
    ['the spec was written', object('2', { generation: 2 }), true],
    ['it was labelled', object('2', { labels: { a: 'b' } }), true],
    ['it is being deleted', object('2', { deletionTimestamp: 'now' }), true],
    ['it is another object of the name', object('2', { uid: '2' }), true],
  ])('%s: told is %3$s', (_title, after, told) => {
    const store = new Store<ApiObject>({ clock: new ManualClock(), log: silentLogger });
    store.put(object('1'));
    const heard: unknown[] = [];
    specChanges(store).listen((change) => heard.push(change));
    store.put(after);
    expect(heard).toHaveLength(told ? 1 : 0);
  });

  it('are told of objects that come and go', () => {
    const store = new Store<ApiObject>({ clock: new ManualClock(), log: silentLogger });
    const heard: string[] = [];
    const reader = specChanges(store);
    reader.listen(({ before, after }) => heard.push(`${before === undefined} ${after === undefined}`));
    store.put(object('1'));
    store.remove('a');
    expect(heard).toEqual(['true false', 'false true']);
    expect(reader.size).toBe(0);
  });
});
