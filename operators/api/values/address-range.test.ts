import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cidrSchema, covers, formatAddress, overlaps, parseAddress, parseCidr } from './address-range.ts';

const address = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe('a network', () => {
  it.each([
    ['10.91.1.0/24', '10.91.1.0', '10.91.1.255'],
    ['10.91.1.77/24', '10.91.1.0', '10.91.1.255'],
    ['0.0.0.0/0', '0.0.0.0', '255.255.255.255'],
    ['255.255.255.255/32', '255.255.255.255', '255.255.255.255'],
    ['10.0.0.0/31', '10.0.0.0', '10.0.0.1'],
  ])('%s goes from %s to %s', (text, first, last) => {
    expect(parseCidr(text)).toEqual({ first: parseAddress(first), last: parseAddress(last) });
    expect(cidrSchema().safeParse(text).success).toBe(true);
  });

  it.each([
    '',
    '10.91.1.0',
    '10.91.1.0/33',
    '10.91.1/24',
    '256.0.0.0/8',
    '010.0.0.0/8',
    '10.0.0.0/08',
    '::/0',
    ' 10.0.0.0/8',
  ])('refuses "%s" and says what is allowed', (text) => {
    expect(() => parseCidr(text)).toThrow(`network "${text}": use CIDR form, such as 10.91.1.0/24`);
    expect(cidrSchema().safeParse(text).error?.issues.at(0)?.message).toBe(
      'use an IPv4 network such as 10.91.1.0/24',
    );
  });

  it('holds the address that it is written with', () => {
    fc.assert(
      fc.property(address, fc.integer({ min: 0, max: 32 }), (value, length) => {
        const range = parseCidr(`${formatAddress(value)}/${length}`);
        expect(range.first).toBeLessThanOrEqual(value);
        expect(range.last).toBeGreaterThanOrEqual(value);
        expect(range.last - range.first + 1).toBe(2 ** (32 - length));
        expect(range.first % 2 ** (32 - length)).toBe(0);
      }),
    );
  });

  it('overlaps another one either way or not at all, and only if one covers the other', () => {
    const network = fc
      .tuple(address, fc.integer({ min: 0, max: 32 }))
      .map(([value, length]) => parseCidr(`${formatAddress(value)}/${length}`));
    fc.assert(
      fc.property(network, network, (one, other) => {
        expect(overlaps(one, other)).toBe(overlaps(other, one));
        expect(overlaps(one, other)).toBe(covers(one, other) || covers(other, one));
      }),
    );
  });

  it.each([
    ['10.90.0.0/24', 'covers', '10.90.0.0/24'],
    ['10.0.0.0/8', 'covers', '10.91.3.0/24'],
    ['10.90.0.0/24', 'covers', '10.90.0.77/32'],
    ['10.91.3.0/24', 'overlaps', '10.0.0.0/8'],
    ['10.90.0.0/25', 'is apart from', '10.90.0.128/25'],
    ['10.0.1.0/24', 'is apart from', '10.0.0.0/24'],
    ['192.0.2.0/24', 'is apart from', '10.90.0.0/16'],
  ])('%s %s %s', (first, relation, second) => {
    const [one, other] = [parseCidr(first), parseCidr(second)];
    expect(overlaps(one, other)).toBe(relation !== 'is apart from');
    expect(covers(one, other)).toBe(relation === 'covers');
  });
});

describe('an address', () => {
  it('is the same after being written and read', () => {
    fc.assert(
      fc.property(address, (value) => {
        expect(parseAddress(formatAddress(value))).toBe(value);
      }),
    );
  });

  it.each(['', '10.0.0', '10.0.0.256', '10.0.0.0.0', '10.0.0.1/32', 'localhost'])('is never "%s"', (text) => {
    expect(() => parseAddress(text)).toThrow(`address "${text}": use IPv4 form, such as 10.91.1.7`);
  });
});
