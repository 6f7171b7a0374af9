import { describe, expect, test } from 'vitest';
import { describeInstance } from '../instance.ts';
import { centreNamePattern, hardwareAddress, linkTo } from './link-names.ts';

describe('names of links', () => {
  test('fit into what Linux allows, for the longest instance name and the last centre', () => {
    const names = Array.from({ length: 200 }, (_, index) => `centre-with-a-long-name-${index}`);
    const instance = describeInstance('abcdefgh', 29, '/state', names);
    for (const centre of instance.centres) {
      expect(centre.namespace.length).toBeLessThanOrEqual(15);
      expect(linkTo(centre).length).toBeLessThanOrEqual(15);
    }
  });

  test('tell the centres of one instance from those of another', () => {
    const pattern = centreNamePattern('lab');
    expect(
      ['zb-lab-1', 'zb-lab-12', 'zb-lab', 'zb-lab2-1', 'zb-test-1', 'x-zb-lab-1'].filter((name) =>
        pattern.test(name),
      ),
    ).toEqual(['zb-lab-1', 'zb-lab-12']);
  });

  test('a centre has the same hardware address after every power cut, and no other centre has it', () => {
    const instances = [describeInstance('a', 0, '/s'), describeInstance('b', 1, '/s')];
    const addresses = instances.flatMap(({ centres }) => centres.map(hardwareAddress));
    expect(addresses[0]).toBe('02:7a:0a:5a:00:01');
    expect(new Set(addresses).size).toBe(6);
  });
});
