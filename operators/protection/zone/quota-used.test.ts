import { describe, expect, it } from 'vitest';
import { labSite } from '../testing/lab-site.ts';
import { zoneFacts, type Sent } from '../testing/zone-facts.ts';
import { refreshUsage, usageOf, type Usage } from './quota-used.ts';

const [zone] = (await labSite()).zones;
if (zone === undefined) throw new Error('the lab has no zone');
const declared = zone;
const tenants = (zone.spec.tenants ?? []).map(({ name }) => name);

function quota(namespace: string, used: Record<string, string> | undefined): Sent {
  return {
    kind: 'ResourceQuota',
    metadata: { name: 'quota', namespace },
    spec: { hard: {} },
    status: { used },
  };
}

const USED = { 'requests.cpu': '100m', 'requests.memory': '64Mi', 'requests.storage': '1Gi', pods: '2' };

describe('the usage of a zone', () => {
  it('is the exact sum over its tenants [T-07]', () => {
    const facts = zoneFacts(tenants.map((name) => quota(name, USED)));
    expect(usageOf(declared, facts)).toEqual({
      cpu: 0.5,
      memory: 5 * 64 * 1024 ** 2,
      storage: 5 * 1024 ** 3,
      pods: 10,
    });
  });

  it.each<[string, Sent[]]>([
    ['the quota of a tenant is missing', tenants.slice(1).map((name) => quota(name, USED))],
    [
      'one has not been counted yet',
      tenants.map((name, index) => quota(name, index === 0 ? undefined : USED)),
    ],
    ['an amount cannot be read', tenants.map((name) => quota(name, { ...USED, 'requests.cpu': '1e3u' }))],
  ])('is unknown, not too small, while %s', (_title, objects) => {
    expect(usageOf(declared, zoneFacts(objects))).toBeUndefined();
  });
});

describe('the usage in a status', () => {
  const NOW = Date.parse('2026-11-22T08:00:00Z');
  const usage: Usage = { cpu: 0.5, memory: 320 * 1024 ** 2, storage: 5 * 1024 ** 3, pods: 10 };
  const told = { cpu: '500m', memory: '320Mi', storage: '5120Mi', pods: 10, asOf: '2026-11-22T08:00:00Z' };

  it('is told as quantities, with the time', () => {
    expect(refreshUsage(usage, undefined, NOW)).toEqual({ quotaUsed: told });
  });

  it('keeps its time while nothing changes, so that nothing is written', () => {
    expect(refreshUsage(usage, told, NOW + 3_600_000)).toEqual({ quotaUsed: told });
  });

  it('waits out the minute when something changes, and asks to be looked at again then', () => {
    expect(refreshUsage({ ...usage, pods: 11 }, told, NOW + 20_000)).toEqual({
      quotaUsed: told,
      again: 40_000,
    });
    expect(refreshUsage({ ...usage, pods: 11 }, told, NOW + 60_000)).toEqual({
      quotaUsed: { ...told, pods: 11, asOf: '2026-11-22T08:01:00Z' },
    });
  });

  it('does not wait for a clock that was set back', () => {
    expect(refreshUsage({ ...usage, pods: 11 }, told, NOW - 3_600_000).quotaUsed.pods).toBe(11);
  });
});
