import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ListReader } from './list-reader.ts';

/** Reads a text that arrives in chunks which end at the given bytes. */
function read(text: string, cuts: readonly number[]): { items: unknown[]; list: unknown } {
  const bytes = Buffer.from(text);
  const items: unknown[] = [];
  const reader = new ListReader((item) => items.push(item));
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  let start = 0;
  for (const end of ends) {
    reader.write(bytes.subarray(start, end));
    start = end;
  }
  return { items, list: reader.end() };
}

const cuts = fc.array(fc.nat(), { maxLength: 12 });

describe('a list that is read while it arrives', () => {
  it('has the items and the envelope that JSON.parse finds, wherever its bytes are cut and whatever comes first', () => {
    const fields = fc.record({
      kind: fc.string({ unit: 'grapheme' }),
      metadata: fc.dictionary(fc.string(), fc.jsonValue()),
      items: fc.array(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue())),
      more: fc.jsonValue(),
    });
    fc.assert(
      fc.property(fields, fc.boolean(), fc.boolean(), cuts, ({ items, ...rest }, first, spaced, at) => {
        const list = first ? { items, ...rest } : { ...rest, items };
        const text = JSON.stringify(list, undefined, spaced ? 2 : undefined);
        const parsed = JSON.parse(text) as typeof list;
        expect(read(text, at)).toEqual({ items: parsed.items, list: { ...parsed, items: [] } });
      }),
    );
  });

  it.each(['{"items":null,"metadata":{}}', '{"metadata":{}}'])('may have no items: %s', (text) => {
    expect(read(text, [3]).items).toEqual([]);
  });

  it('takes only the items of the list itself, not those of an object in it', () => {
    const text = '{"metadata":{"items":[{"a":1}]},"items":[{"items":[{"b":2}]}]}';
    expect(read(text, []).items).toEqual([{ items: [{ b: 2 }] }]);
  });

  it.each(['{"items":[{"a":1},{"b"', '{"items":[{"a":1}', '<html>'])(
    'refuses what broke off or is none: %s',
    (text) => {
      expect(() => read(text, [])).toThrow(SyntaxError);
    },
  );
});
