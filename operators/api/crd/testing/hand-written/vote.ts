import { ballotChanges } from './claim.ts';
import type { HandWritten } from './hand-written.ts';

/** What could be written into a Vote, well and badly. */
export const voteChanges: readonly HandWritten[] = [
  ...ballotChanges,
  ['no voter', 'spec.voter', undefined, false],
  ['two voters', 'spec.voter', ['local-dr', 'remote-dr'], false],
  ['a voter in capitals', 'spec.voter', 'Remote-DR', false],
  ['a vote against, which is no vote', 'spec.against', true, false],
];
