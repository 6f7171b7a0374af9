import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DueHeap } from './due-heap.ts';

/** All keys in the order in which they leave. */
function drain(heap: DueHeap): string[] {
  const keys: string[] = [];
  for (let next = heap.takeFirst(); next !== undefined; next = heap.takeFirst()) keys.push(next.key);
  return keys;
}

describe('keys by the moment they are due', () => {
  it('leave earliest first, and in the order of coming where they are due together', () => {
    const heap = new DueHeap();
    for (const [key, due] of [
      ['d', 9],
      ['a', 5],
      ['b', 5],
      ['c', 5],
    ] as const)
      heap.put(key, due);
    expect(drain(heap)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('keep the earlier of two moments, and stand once', () => {
    const heap = new DueHeap();
    heap.put('a', 5);
    heap.put('b', 3);
    heap.put('a', 1);
    heap.put('b', 4);
    expect(heap.size).toBe(2);
    expect(heap.first).toMatchObject({ key: 'a', due: 1 });
    expect(drain(heap)).toEqual(['a', 'b']);
  });

  it('are the same as sorting them, whatever is put in and taken out', () => {
    const put = fc.tuple(
      fc.integer({ min: 0, max: 15 }).map((number) => `key-${number}`),
      fc.integer({ min: 0, max: 20 }),
    );
    fc.assert(
      fc.property(fc.array(fc.option(put)), fc.integer({ min: 0, max: 20 }), (actions, moment) => {
        const heap = new DueHeap();
        const model = new Map<string, number>();
        for (const action of actions) {
          if (action === null) {
            const taken = heap.takeFirst();
            expect(taken?.due).toBe(model.size === 0 ? undefined : Math.min(...model.values()));
            if (taken !== undefined) model.delete(taken.key);
          } else {
            const [key, due] = action;
            heap.put(key, due);
            model.set(key, Math.min(due, model.get(key) ?? Infinity));
          }
        }
        expect(heap.size).toBe(model.size);
        expect(heap.countDue(moment)).toBe([...model.values()].filter((due) => due <= moment).length);
        const dues = drain(heap).map((key) => model.get(key));
        expect(dues).toEqual([...model.values()].sort((one, other) => one - other));
      }),
    );
  });
});
