import type { HandWritten } from './hand-written.ts';

/** What people write into a Placement, well and badly. */
export const placementChanges: readonly HandWritten[] = [
  ['no replica now', 'spec', { group: 'g', home: 'a', backup: 'b', backupSource: 'home', epoch: 2 }, true],
  ['the replica as a source where there is none', 'spec.replica', undefined, false],
  ['home and replica in one', 'spec.replica', 'production', false],
  ['home and backup in one', 'spec.backup', 'production', false],
  ['replica and backup in one', 'spec.backup', 'local-dr', true],
  ['backup pulls from home', 'spec.backupSource', 'home', true],
  ['backup pulls from itself', 'spec.backupSource', 'backup', false],
  ['no epoch', 'spec.epoch', undefined, false],
  ['an epoch before the first', 'spec.epoch', 0, false],
  ['an epoch as text', 'spec.epoch', '1', false],
  ['an epoch between two', 'spec.epoch', 1.5, false],
  ['the greatest epoch', 'spec.epoch', Number.MAX_SAFE_INTEGER, true],
  ['no home', 'spec.home', undefined, false],
  ['two homes', 'spec.home', ['production', 'local-dr'], false],
  ['nobody for a home', 'spec.home', '', false],
  ['a witness, which is no role here', 'spec.witness', 'remote-dr', false],
];
