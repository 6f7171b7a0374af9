import { voteKind, type Vote } from '../../api/index.ts';
import { referenceTo } from '../../evidence/index.ts';
import type { ControllerDefinition, Dependencies } from '../../runtime/index.ts';
import type { Ballots } from '../ballots.ts';
import { voteType } from '../votes/ballot-types.ts';
import { passedVotes } from '../votes/history.ts';
import { keepHistory } from './keep-history.ts';
import { recordOnce } from './record-once.ts';

/** What the vote controller works with besides what every controller has. */
export interface VoteParts {
  readonly ballots: Ballots;
  /** How many votes of a subject are kept. */
  readonly history: number;
}

/**
 * Sees to it that every vote of this centre stands in its journal, and that the last of each subject stay. The vote itself is
 * cast where claims are answered; this is apart, so that a crash in between loses no record: the vote is there, and has no
 * note of one.
 */
export function voteController(
  { client, identity, journal }: Dependencies,
  { ballots, history }: VoteParts,
): ControllerDefinition<Vote> {
  return {
    name: 'vote',
    kind: voteKind,
    triggers: [],
    steps: [
      async ({ object, spec, status }) => {
        const { record } = object.status ?? {};
        const note =
          record ??
          (await recordOnce(journal, identity, {
            kind: 'vote',
            object: referenceTo(object),
            body: { ...spec },
          }));
        status.set({ record: note });
      },
      keepHistory({
        client,
        type: voteType,
        reader: ballots.votes,
        passed: (votes) => passedVotes(identity.centre, votes, history),
      }),
    ],
  };
}
