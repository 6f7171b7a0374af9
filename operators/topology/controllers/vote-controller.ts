import { voteKind, type Vote } from '../../api/index.ts';
import type { ControllerDefinition, Dependencies } from '../../runtime/index.ts';
import { recordOnce, referenceTo } from './record-once.ts';

/**
 * Sees to it that every vote of this centre stands in its journal. The vote itself is cast where claims are answered; this is
 * apart, so that a crash in between loses no record: the vote is there, and has no note of one.
 */
export function voteController({ identity, journal }: Dependencies): ControllerDefinition<Vote> {
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
    ],
  };
}
