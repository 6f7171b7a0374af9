import { OPERATOR } from '../../operators/api/layout/identities.ts';
import { SYSTEM_NAMESPACE } from '../../operators/api/layout/namespaces.ts';
import { leaseType, type ApiClient, type Lease } from '../../operators/runtime/index.ts';
import { problemOf, type ReadProblem } from '../centres/read-result.ts';

/** Whether a centre has an operator at work. `Silent`: there was one. `Absent`: there never was. */
export type OperatorState = 'Running' | 'Silent' | 'Absent' | 'Unknown';

/** The lease of a centre's operators; undefined: there is none. */
export type LeaseReading = { readonly lease: Lease | undefined } | { readonly problem: ReadProblem };

/** Reads the lease for which the operators of a centre stand. It never throws. */
export async function readLease(client: ApiClient, signal: AbortSignal): Promise<LeaseReading> {
  try {
    return { lease: await client.find(leaseType, `${SYSTEM_NAMESPACE}/${OPERATOR}`, { signal }) };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

/** Longer silence than so many terms of the lease is no hiccup. */
const TERMS = 2;

/**
 * Judges by the lease that the leader renews every two seconds. Both times are of the centre itself, so its clock may be
 * wrong without harm.
 * @param date the header `Date` of an answer of its API server
 */
export function operatorState(reading: LeaseReading, date: string | undefined): OperatorState {
  if ('problem' in reading) return 'Unknown';
  const { spec } = reading.lease ?? {};
  if (reading.lease === undefined) return 'Absent';
  if (spec?.holderIdentity === undefined || spec.holderIdentity === '') return 'Silent';
  const age = Date.parse(date ?? '') - Date.parse(spec.renewTime ?? '');
  if (Number.isNaN(age)) return 'Unknown';
  return age <= TERMS * (spec.leaseDurationSeconds ?? 0) * 1_000 ? 'Running' : 'Silent';
}
