import type { HandWritten } from './hand-written.ts';

/** What could be written into a Claim or a Vote, well and badly. */
export const ballotChanges: readonly HandWritten[] = [
  ['a subject of two names', 'spec.subject', 'journal/production', false],
  ['another subject of three names', 'spec.subject', 'exposure/population/people', true],
  ['a subject of four names', 'spec.subject', 'a/b/c/d', false],
  ['a subject of one name', 'spec.subject', 'placement', false],
  ['a subject with a blank', 'spec.subject', 'placement/a b', false],
  ['a subject with an empty name', 'spec.subject', 'placement//population', false],
  ['a subject in Chinese', 'spec.subject', 'placement/人口', false],
  ['no subject', 'spec.subject', undefined, false],
  ['no epoch', 'spec.epoch', undefined, false],
  ['an epoch before the first', 'spec.epoch', 0, false],
  ['an epoch as text', 'spec.epoch', '2', false],
  ['the greatest epoch', 'spec.epoch', Number.MAX_SAFE_INTEGER, true],
  ['no claimant', 'spec.claimant', undefined, false],
  ['nobody for a claimant', 'spec.claimant', '', false],
  ['a digest of SM3', 'spec.digest', `sm3:${'0'.repeat(64)}`, true],
  ['a digest without an algorithm', 'spec.digest', '0'.repeat(64), false],
  ['a digest of MD5', 'spec.digest', `md5:${'0'.repeat(32)}`, false],
  ['a digest in capitals', 'spec.digest', `sha256:${'A'.repeat(64)}`, false],
];

/** What could be written into a Claim, well and badly. */
export const claimChanges: readonly HandWritten[] = [
  ...ballotChanges,
  ['no deadline', 'spec.deadline', undefined, false],
  ['a deadline with an offset', 'spec.deadline', '2026-11-22T16:00:30+08:00', true],
  ['a deadline without a zone', 'spec.deadline', '2026-11-22T08:00:30', false],
  ['a duration for a deadline', 'spec.deadline', '30s', false],
  ['a voter, who stands in Vote', 'spec.voter', 'remote-dr', false],
];
