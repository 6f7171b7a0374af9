import { describe, expect, it } from 'vitest';
import { LeaseObservation } from './lease-observation.ts';
import type { Lease, LeaseSpec } from './lease.ts';

function lease(resourceVersion: string, spec: LeaseSpec): Lease {
  const metadata = { name: 'zaibei-operator', namespace: 'zaibei-system', uid: 'lease-1', resourceVersion };
  return { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata, spec };
}

const HELD: LeaseSpec = { holderIdentity: 'a', leaseDurationSeconds: 15 };

describe('whether a lease may be taken', () => {
  it('waits for the duration that the holder promised, from when the lease was last seen to change', () => {
    const observation = new LeaseObservation(60_000);
    observation.see(lease('1', HELD), 1_000);
    observation.see(lease('1', HELD), 9_000);
    expect(observation.untilFree(9_000)).toBe(7_000);
    observation.see(lease('2', HELD), 10_000);
    expect(observation.untilFree(10_000)).toBe(15_000);
    expect(observation.untilFree(25_000)).toBe(0);
  });

  it('does not wait for one that was given back, whatever duration is left in it', () => {
    const observation = new LeaseObservation(15_000);
    observation.see(lease('1', { leaseDurationSeconds: 15 }), 0);
    expect(observation.untilFree(0)).toBe(0);
    observation.see(lease('2', { holderIdentity: '', leaseDurationSeconds: 15 }), 0);
    expect([observation.holder, observation.untilFree(0)]).toEqual([undefined, 0]);
  });

  it('does not wait where there never was a lease, and waits for the holder of one that was deleted', () => {
    const fresh = new LeaseObservation(15_000);
    fresh.see(undefined, 0);
    expect(fresh.untilFree(0)).toBe(0);
    const observation = new LeaseObservation(15_000);
    observation.see(lease('1', HELD), 0);
    observation.see(undefined, 1_000);
    expect(observation.untilFree(1_000)).toBe(15_000);
    observation.see(undefined, 9_000);
    expect(observation.untilFree(16_000)).toBe(0);
  });

  it('takes its own duration where the lease says none, and never takes what it has not looked at', () => {
    const observation = new LeaseObservation(15_000);
    expect(observation.untilFree(1_000_000)).toBeGreaterThan(0);
    observation.see(lease('1', { holderIdentity: 'a' }), 0);
    expect(observation.untilFree(0)).toBe(15_000);
  });
});
