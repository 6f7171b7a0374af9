import { formatMicroTime } from '../instant.ts';
import type { ApiObject } from '../objects/api-object.ts';
import type { ResourceType } from '../objects/resource-type.ts';

/** A Lease of `coordination.k8s.io/v1`. Every field of its spec may be missing: others may write it too. */
export interface Lease extends ApiObject {
  readonly spec?: LeaseSpec | undefined;
}

/** Who leads, as everybody may read it. */
export interface LeaseSpec {
  /** Absent: nobody. */
  readonly holderIdentity?: string | undefined;
  /** How long the holder may be silent, in seconds. */
  readonly leaseDurationSeconds?: number | undefined;
  /** For people. Candidates never compare it with a clock of their own. */
  readonly acquireTime?: string | undefined;
  readonly renewTime?: string | undefined;
  /** How often the lease went from one holder to another: it only grows. */
  readonly leaseTransitions?: number | undefined;
}

/** How leases are reached. */
export const leaseType: ResourceType<Lease> = {
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  plural: 'leases',
  scope: 'Namespaced',
  // The API server has checked it against its own schema of leases.
  keep: (parsed) => parsed,
};

/** Times of an election, in milliseconds. */
export interface LeaseTiming {
  /** A lease that has not changed for so long may be taken. */
  readonly lease: number;
  /** A holder that could not renew for so long stops being one. The gap to `lease` is what clocks may drift apart. */
  readonly renew: number;
  /** Time between tries, of the holder to renew and of the others to acquire. */
  readonly retry: number;
}

/** The times that Kubernetes' own components use. */
export const DEFAULT_TIMING: LeaseTiming = { lease: 15_000, renew: 10_000, retry: 2_000 };

/** The spec of a lease held by somebody from now on, following on what was there. */
export function heldBy(
  holder: string,
  before: LeaseSpec | undefined,
  { now, timing }: { readonly now: number; readonly timing: LeaseTiming },
): LeaseSpec {
  const time = formatMicroTime(now);
  const renewed = before?.holderIdentity === holder;
  return {
    holderIdentity: holder,
    leaseDurationSeconds: Math.ceil(timing.lease / 1000),
    acquireTime: renewed ? (before.acquireTime ?? time) : time,
    renewTime: time,
    leaseTransitions: (before?.leaseTransitions ?? 0) + (renewed || before === undefined ? 0 : 1),
  };
}

/** The spec of a lease that its holder gives back: the next candidate that looks may take it. */
export function released(before: LeaseSpec | undefined, now: number): LeaseSpec {
  return {
    leaseDurationSeconds: 1,
    renewTime: formatMicroTime(now),
    leaseTransitions: before?.leaseTransitions ?? 0,
  };
}
