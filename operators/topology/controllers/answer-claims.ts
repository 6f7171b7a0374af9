import type { Topology } from '../../api/index.ts';
import type { Step } from '../../runtime/index.ts';
import type { CastVote } from '../cast-vote.ts';
import type { Peers } from '../peers/peers.ts';

/** Answers the claims of all peers. Those that were answered before cost a look. */
export function answerClaims(peers: Peers, castVote: CastVote): Step<Topology> {
  return async ({ log, now, signal }) => {
    for (const { name, claims } of peers.all) {
      for (const claim of claims.all()) {
        const judgement = await castVote(claim, name, now, signal);
        if (judgement.answer !== 'refuse') continue;
        const { subject, epoch } = claim.spec;
        log.debug(`no vote for a claim: ${judgement.message}`, { claimant: name, subject, epoch });
      }
    }
  };
}
