import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

/** A double by its bits, as appendix B of RFC 8785 gives them. */
function doubleOf(bits: string): number {
  return Buffer.from(bits, 'hex').readDoubleBE();
}

describe('canonical JSON', () => {
  it('writes the example of RFC 8785, 3.2', () => {
    const value = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts names by UTF-16 code units, as RFC 8785, 3.2.3 shows', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.values(JSON.parse(canonicalJson(value)) as object)).toContain('Euro Sign');
    expect(canonicalJson(value).match(/(?<=:")[^"]+/g)).toEqual([
      'Carriage Return',
      'One',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
  });

  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the double %s as %s (RFC 8785, appendix B)', (bits, text) => {
    expect(canonicalJson(doubleOf(bits))).toBe(text);
  });

  it('comes back as the same value, and is then written the same', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme', maxDepth: 3 }), (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('is one text whatever the order in which members were set', () => {
    const members = fc.uniqueArray(fc.tuple(fc.string(), fc.integer()), { selector: ([name]) => name });
    fc.assert(
      fc.property(members, (entries) => {
        const forwards = Object.fromEntries(entries);
        expect(canonicalJson(Object.fromEntries(entries.toReversed()))).toBe(canonicalJson(forwards));
      }),
    );
  });

  const cycle: unknown[] = [];
  cycle.push(cycle);
  it.each<[string, unknown, string]>([
    ['NaN', { lag: NaN }, '$.lag: canonical JSON cannot hold NaN'],
    ['infinity', [1, -Infinity], '$[1]: canonical JSON cannot hold -Infinity'],
    ['an undefined member', { a: { b: undefined } }, '$.a.b: canonical JSON cannot hold undefined'],
    ['undefined', undefined, '$: canonical JSON cannot hold undefined'],
    ['a hole in a list', [1, , 3], '$[1]: canonical JSON cannot hold undefined'], // prettier-ignore
    ['a lone surrogate', ['\ud83d'], '$[0]: canonical JSON cannot hold a lone surrogate'],
    [
      'a lone surrogate in a name',
      { '\ude00': 1 },
      '$: canonical JSON cannot hold a name with a lone surrogate',
    ],
    ['a bigint', { n: 1n }, '$.n: canonical JSON cannot hold a bigint'],
    ['a function', { run: () => 1 }, '$.run: canonical JSON cannot hold a function'],
    ['a date', { at: new Date(0) }, '$.at: canonical JSON cannot hold a Date'],
    ['a map', new Map(), '$: canonical JSON cannot hold a Map'],
    ['a symbol as name', { [Symbol('x')]: 1 }, '$: canonical JSON cannot hold a symbol as name'],
    ['a cycle', cycle, '$[0]: canonical JSON cannot hold a cycle'],
  ])('refuses %s and names the place', (_, value, message) => {
    expect(() => canonicalJson(value)).toThrow(message);
    expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ code: 'ZB-EVD-001' }));
  });

  it('takes one object in two places, which is no cycle', () => {
    const owner = { name: 'a' };
    expect(canonicalJson([owner, owner])).toBe('[{"name":"a"},{"name":"a"}]');
  });
});
