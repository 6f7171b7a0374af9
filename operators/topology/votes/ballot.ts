import { createHash } from 'node:crypto';
import type { Claim, Vote } from '../../api/index.ts';

/** What a vote is about: one subject at one epoch. */
export interface Ballot {
  readonly subject: string;
  readonly epoch: number;
}

/** A claim as the vote sees it: what is claimed, and under which name it stands. */
export interface ClaimOnBallot {
  readonly metadata: { readonly name: string };
  readonly spec: Claim['spec'];
  readonly status?: Pick<NonNullable<Claim['status']>, 'outcome'> | undefined;
}

/** A vote as it is counted. */
export interface VoteOnBallot {
  readonly metadata: { readonly name: string };
  readonly spec: Vote['spec'];
}

/** 160 bits: no two subjects ever share them by chance, and with an epoch they still fit into a name. */
const HASH_DIGITS = 40;

/** Part of the name of every claim and vote on a subject. */
export function subjectHash(subject: string): string {
  return createHash('sha256').update(subject).digest('hex').slice(0, HASH_DIGITS);
}

/**
 * Name of a centre's claim, and of its vote, on a ballot. Made of subject and epoch and nothing else: so a centre can have
 * one of each, and its API server refuses a second, from whichever of its operators it comes.
 */
export function ballotName({ subject, epoch }: Ballot): string {
  return `${subjectHash(subject)}-${epoch}`;
}

/** Whether an object stands under the name of its ballot. One that does not was made by somebody else, and counts for nothing. */
export function isNamedByBallot({ metadata, spec }: ClaimOnBallot | VoteOnBallot): boolean {
  return metadata.name === ballotName(spec);
}

/** Whether a vote is for exactly this claim. */
export function isVoteFor(vote: VoteOnBallot['spec'], claim: ClaimOnBallot['spec']): boolean {
  return (
    vote.subject === claim.subject &&
    vote.epoch === claim.epoch &&
    vote.claimant === claim.claimant &&
    vote.digest === claim.digest
  );
}
