import { claimKind, type Claim, type ClaimAnswer, type ClaimOutcome } from '../../api/index.ts';
import { referenceTo } from '../../evidence/index.ts';
import {
  trigger,
  type ControllerDefinition,
  type Dependencies,
  type Live,
  type Reconciliation,
} from '../../runtime/index.ts';
import type { Ballots } from '../ballots.ts';
import type { CastVote } from '../cast-vote.ts';
import type { Peers } from '../peers/peers.ts';
import { PROBE_INTERVAL } from '../peers/probe.ts';
import { claimType } from '../votes/ballot-types.ts';
import { countVotes, type Tally } from '../votes/count-votes.ts';
import { passedClaims } from '../votes/history.ts';
import { mergeAnswers } from '../votes/merge-answers.ts';
import { keepHistory } from './keep-history.ts';
import { recordOnce } from './record-once.ts';

/** What the claim controller works with besides what every controller has. */
export interface ClaimParts {
  readonly ballots: Ballots;
  readonly peers: Peers;
  readonly castVote: CastVote;
  /** How many claims of a subject are kept. */
  readonly history: number;
}

/**
 * Brings the claims of this centre to their end: votes for them itself, gathers the votes of the peers, and states the outcome.
 * The outcome is written first and put into the journal after that, so that the journal tells only what stands.
 */
export function claimController(
  { client, identity, journal }: Dependencies,
  { ballots, peers, castVote, history }: ClaimParts,
): ControllerDefinition<Claim> {
  const openClaims = (): string[] =>
    [...ballots.claims.all()]
      .filter(({ status }) => status?.outcome === undefined)
      .map(({ metadata }) => metadata.name);

  /** The claim as it is now: an outcome that the store has not heard of yet must not be decided anew. */
  const present = async ({ key, signal, object }: Reconciliation<Claim>): Promise<Live<Claim>> =>
    (await client.find(claimType, key, { signal })) ?? object;

  return {
    name: 'claim',
    kind: claimKind,
    triggers: [trigger(ballots.votes, openClaims), trigger(peers.changes, openClaims)],
    steps: [
      async (run) => {
        const claim = await present(run);
        if (claim.status?.outcome === undefined) await gather(run, claim);
        else await conclude(run, claim);
      },
      keepHistory({
        client,
        type: claimType,
        reader: ballots.claims,
        passed: (claims) => passedClaims(identity.centre, claims, history),
      }),
    ],
  };

  async function gather(run: Reconciliation<Claim>, claim: Live<Claim>): Promise<void> {
    const { wait } = await castVote(claim.spec.subject, run.now, run.signal);
    const tally = countVotes(claim, ballots.voterRecords(claim.spec.subject), run.now);
    const decided = tally.outcome !== undefined;
    const votes = mergeAnswers(claim.status?.votes ?? [], tally.answers);
    run.status.set({
      quorum: tally.quorum,
      votes,
      outcome: tally.outcome,
      decidedAt: decided ? new Date(run.now).toISOString() : undefined,
    });
    describe(run, tally.outcome, { quorum: tally.quorum, answers: votes });
    // Once it is written, it is put into the journal; until then, the deadline comes.
    run.again(decided ? 0 : Math.max(0, Date.parse(claim.spec.deadline) - run.now));
    if (!decided) run.again(wait ?? PROBE_INTERVAL);
  }

  async function conclude(run: Reconciliation<Claim>, claim: Live<Claim>): Promise<void> {
    const { outcome, decidedAt, quorum = 1, votes = [] } = claim.status ?? {};
    const { subject, epoch, claimant, digest } = claim.spec;
    const body = { subject, epoch, claimant, digest, outcome, decidedAt, votes };
    const record =
      claim.status?.record ??
      (await recordOnce(journal, identity, { kind: 'agreement', object: referenceTo(claim), body }));
    run.status.set({ outcome, decidedAt, quorum, votes, record });
    describe(run, outcome, { quorum, answers: votes });
  }
}

function describe(
  { status }: Reconciliation<Claim>,
  outcome: ClaimOutcome | undefined,
  { quorum, answers }: Pick<Tally, 'quorum' | 'answers'>,
): void {
  const by = (answer: ClaimAnswer['answer']): string =>
    answers
      .filter((each) => each.answer === answer)
      .map(({ centre }) => centre)
      .join(', ') || 'none';
  const message = `for it: ${by('granted')}; against it: ${by('refused')}; not heard of: ${by('unknown')}; needed: ${quorum}`;
  status.set({ phase: outcome ?? 'Gathering' });
  status.condition('Ready', outcome === undefined ? 'Unknown' : 'True', outcome ?? 'Gathering', message);
}
