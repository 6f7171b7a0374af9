import type { Claim, Vote } from '../../api/index.ts';
import { ballotName, type ClaimOnBallot, type VoteOnBallot } from '../votes/ballot.ts';

/** The subject that examples are about. */
export const SUBJECT = 'placement/population/population';

/** Three centres that vote. */
export const ELECTORATE = ['production', 'local-dr', 'remote-dr'] as const;

/** A moment at which examples take place, in milliseconds since 1970. */
export const NOON = Date.UTC(2026, 10, 23, 4);

/** A digest that differs for different words. */
export function exampleDigest(word: string): string {
  return `sha256:${Buffer.from(word).toString('hex').padEnd(64, '0').slice(0, 64)}`;
}

/** A claim of local-dr at epoch 2 with half a minute left at {@link NOON}, or another. */
export function claimExample(spec: Partial<Claim['spec']> = {}): ClaimOnBallot {
  const whole = {
    subject: SUBJECT,
    epoch: 2,
    claimant: 'local-dr',
    digest: exampleDigest(spec.claimant ?? 'local-dr'),
    deadline: new Date(NOON + 30_000).toISOString(),
    ...spec,
  };
  return { metadata: { name: ballotName(whole) }, spec: whole };
}

/** A vote of remote-dr for {@link claimExample}, or another. */
export function voteExample(spec: Partial<Vote['spec']> = {}): VoteOnBallot {
  const { subject, epoch, claimant, digest } = claimExample({
    ...(spec.claimant !== undefined && { claimant: spec.claimant }),
  }).spec;
  const whole = { subject, epoch, claimant, digest, voter: 'remote-dr', ...spec };
  return { metadata: { name: ballotName(whole) }, spec: whole };
}
