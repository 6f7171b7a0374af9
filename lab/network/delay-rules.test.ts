import { describe, expect, test } from 'vitest';
import { describeInstance, requireCentre } from '../instance.ts';
import { delayRules, standInFor } from './delay-rules.ts';

const instance = describeInstance('lab', 0, '/state');
const production = requireCentre(instance, 'production');
const remoteDr = requireCentre(instance, 'remote-dr');

describe('the redirection to a delay proxy', () => {
  const rules = delayRules(
    production,
    remoteDr,
    new Map([
      [5432, 40001],
      [30432, 40002],
    ]),
    30,
  );

  test('takes exactly the named ports of the peer, from pods and from the node', () => {
    const redirect =
      'ip daddr 10.90.0.3 tcp dport { 5432, 30432 } redirect to :tcp dport map { 5432 : 40001, 30432 : 40002 }';
    expect(rules.split(redirect)).toHaveLength(3);
  });

  test('leaves alone what the proxy itself sends', () => {
    expect(rules.match(/ip saddr != 100\.64\.1\.0\/24 ip daddr/g)).toHaveLength(2);
  });

  test('gives every caller its own address back on the way out', () => {
    expect(standInFor(production, '10.91.1.27')).toBe('100.64.1.27');
    expect(rules).toContain('100.64.1.0/24 : 10.91.1.0/24');
    expect(standInFor(production, '10.90.0.1')).toBe('100.64.1.1');
    expect(rules).toContain('ip saddr 100.64.1.1 snat to 10.90.0.1');
  });

  test('takes a call from the node to itself for the node, in the centre whose number its address has', () => {
    const second = requireCentre(instance, 'local-dr');
    expect(standInFor(second, '10.90.0.2')).toBe('100.64.2.1');
    expect(standInFor(second, '127.0.0.1')).toBe('100.64.2.1');
  });

  test('replaces the one before in one step', () => {
    expect(
      rules.startsWith('table ip lab-delay-3\ndelete table ip lab-delay-3\ntable ip lab-delay-3 {'),
    ).toBe(true);
  });
});
