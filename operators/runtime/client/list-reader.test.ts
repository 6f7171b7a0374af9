import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
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

  it('may have any number of other lists, at no more cost than their bytes', () => {
    const others = Array.from({ length: 40_000 }, (_, each) => `"l${each}":[]`).join(',');
    const concat = vi.spyOn(Buffer, 'concat');
    onTestFinished(() => {
      concat.mockRestore();
    });
    let joined = 0;
    concat.mockImplementation((parts) => {
      const bytes = parts.flatMap((part) => [...part]);
      joined += bytes.length;
      return Buffer.from(bytes);
    });
    expect(read(`{${others},"items":[{"a":1}]}`, []).items).toEqual([{ a: 1 }]);
    // Twice over all of it, and a few dozen bytes for each list.
    expect(joined).toBeLessThan(40_000 * 200);
  });

  it('ends with an error where an item, or what stands around the items, is longer than anything true', () => {
    const long = Buffer.alloc(17 * 2 ** 20, 'x');
    const reading = (start: string) => () => {
      const reader = new ListReader(() => undefined);
      reader.write(Buffer.from(start));
      for (let at = 0; at < long.length; at += 65_536) reader.write(long.subarray(at, at + 65_536));
    };
    expect(reading('{"items":[{"a":"')).toThrow(RangeError);
    expect(reading('{"metadata":{"continue":"')).toThrow(RangeError);
  });

  it.each(['{"items":[{"a":1},{"b"', '{"items":[{"a":1}', '<html>'])(
    'refuses what broke off or is none: %s',
    (text) => {
      expect(() => read(text, [])).toThrow(SyntaxError);
    },
  );
});
