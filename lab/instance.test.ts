import { describe, expect, test } from 'vitest';
import { SERVICE_NETWORK } from '../operators/api/layout/service-network.ts';
import { overlaps, parseCidr } from '../operators/api/values/address-range.ts';
import { describeInstance, requireCentre } from './instance.ts';

describe('an instance of the lab', () => {
  test('shares no address with another instance or with services, whatever their slots', () => {
    const networks = Array.from({ length: 30 }, (_, slot) => describeInstance('x', slot, '/state')).flatMap(
      ({ nodeCidr, centres }) => [nodeCidr, ...centres.map((centre) => centre.podCidr)],
    );
    networks.push(SERVICE_NETWORK);
    for (const [index, one] of networks.entries()) {
      for (const other of networks.slice(index + 1))
        expect(overlaps(parseCidr(one), parseCidr(other)), `${one} ${other}`).toBe(false);
    }
  });

  test.each(['', 'Lab', '1st', 'a-b', 'ninechars'])('cannot be named "%s"', (name) => {
    expect(() => describeInstance(name, 0, '/state')).toThrow('use 1 to 8 lower-case letters and digits');
  });

  test.each([
    [['Production'], 'centre "Production": use 1 to 63'],
    [['a_b'], 'centre "a_b"'],
    [['a', 'b', 'a'], 'two centres have the same name'],
    [[], 'has 1 to 200 centres'],
  ])('cannot have the centres %j', (centres, message) => {
    expect(() => describeInstance('lab', 0, '/state', centres)).toThrow(message);
  });

  test('names the centres there are when asked for one that is not', () => {
    expect(() => requireCentre(describeInstance('lab', 0, '/state'), 'moon')).toThrow(
      'has no centre "moon"; it has production, local-dr, remote-dr',
    );
  });
});
