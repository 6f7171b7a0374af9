import { claimKind, type Topology } from '../../api/index.ts';
import type { Step } from '../../runtime/index.ts';
import type { CastVote } from '../cast-vote.ts';
import type { Peers } from '../peers/peers.ts';

/**
 * Answers the open claims of all peers. One that cannot be answered now keeps no other from its answer.
 * @param castVote answers one claim
 */
export function answerClaims(peers: Peers, castVote: CastVote): Step<Topology> {
  return async ({ log, now, signal }) => {
    const failures: unknown[] = [];
    for (const { name, claims } of peers.all) {
      for (const claim of claims.all()) {
        // A peer of another version may claim what this program cannot read, and so cannot vote for.
        if (claim.status?.outcome !== undefined || !claimKind.spec.safeParse(claim.spec).success) continue;
        const { subject, epoch } = claim.spec;
        try {
          const judgement = await castVote(claim, name, now, signal);
          if (judgement.answer === 'refuse')
            log.debug(`no vote for a claim: ${judgement.message}`, { claimant: name, subject, epoch });
        } catch (error) {
          failures.push(error);
        }
      }
    }
    if (failures.length > 0) throw failures[0];
  };
}
