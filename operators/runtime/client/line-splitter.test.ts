import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineSplitter } from './line-splitter.ts';

/** Lines of a text whose bytes arrive in pieces of these sizes. */
function split(bytes: Buffer, sizes: readonly number[], limit = 1_000_000): string[] {
  const splitter = new LineSplitter(limit);
  const lines: string[] = [];
  let start = 0;
  for (const size of [...sizes, bytes.length]) {
    lines.push(...splitter.write(bytes.subarray(start, start + size)));
    start += size;
  }
  return lines;
}

describe('lines', () => {
  it('come out whole, wherever their bytes are cut, also within a character', () => {
    const line = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !text.includes('\n'));
    fc.assert(
      fc.property(fc.array(line), fc.array(fc.nat(9)), (lines, sizes) => {
        const text = lines.map((each) => `${each}\n`).join('');
        expect(split(Buffer.from(text), sizes)).toEqual(lines);
      }),
    );
  });

  it('may be long: a megabyte in pieces of a thousand bytes is one line', () => {
    const long = '灾备'.repeat(150_000);
    expect(split(Buffer.from(`${long}\n`), Array<number>(900).fill(1_000))).toEqual([long]);
  });

  it('that have begun and not ended are pending', () => {
    const splitter = new LineSplitter(100);
    expect([...splitter.write(Buffer.from('one\nhal'))]).toEqual(['one']);
    expect(splitter.pending).toBe(3);
    expect([...splitter.write(Buffer.from('f\n'))]).toEqual(['half']);
    expect(splitter.pending).toBe(0);
  });

  it('longer than the limit are refused before they fill the memory', () => {
    expect(() => split(Buffer.from('x'.repeat(101)), [], 100)).toThrow(RangeError);
    expect(() => split(Buffer.from('x'.repeat(101)), [50, 50], 100)).toThrow(RangeError);
  });
});
