import type { Topology } from '../../api/index.ts';
import type { Step } from '../../runtime/index.ts';
import type { Ballots } from '../ballots.ts';
import type { CastVote } from '../cast-vote.ts';

/**
 * Answers the open claims of all peers. A subject that cannot be voted on now keeps no other from its answer.
 * @param castVote answers the claims on one subject
 */
export function answerClaims(ballots: Ballots, castVote: CastVote): Step<Topology> {
  return async ({ again, log, now, signal }) => {
    const failures: unknown[] = [];
    for (const subject of ballots.askedByPeers()) {
      try {
        const { refused, wait } = await castVote(subject, now, signal);
        if (wait !== undefined) again(wait);
        for (const { claim, readFrom, refusal } of refused)
          log.debug(`no vote for a claim: ${refusal.message}`, {
            claimant: readFrom,
            subject,
            epoch: claim.spec.epoch,
          });
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  };
}
