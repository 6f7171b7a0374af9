import type { Centre, CentreRole, Topology } from '../../api/index.ts';

/** The designed roles that vote: two places, three centres. A municipal cloud follows and does not decide. */
const VOTING: readonly CentreRole[] = ['production', 'local-dr', 'remote-dr'];

/** The centres that vote, in the order of the topology. */
export function votingCentres(spec: Pick<Topology['spec'], 'centres'>): readonly Centre[] {
  return spec.centres.filter(({ role }) => VOTING.includes(role));
}

/**
 * How many votes are an agreement: more than half, so that any two agreements share a voter. It also holds between the
 * electorates before and after a change by one centre, and not by two: voting centres come and go one at a time.
 */
export function quorumOf(voters: number): number {
  return Math.floor(voters / 2) + 1;
}
