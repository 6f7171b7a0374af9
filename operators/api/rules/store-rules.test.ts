import { describe, expect, it } from 'vitest';
import { judge, set } from './testing/example-site.ts';

describe('backup stores', () => {
  it('a store in a centre that does not exist is refused', () => {
    expect(judge(set('BackupStore local', 'spec.centre', 'lokal-dr'))).toEqual([
      'error ZB-TIM-005 ProtectionPolicy important, spec.timed.localCopy: keeps a local copy, and no BackupStore stands in the city of production',
      'error ZB-STO-001 BackupStore local, spec.centre: names the centre "lokal-dr", which does not exist; there are production, local-dr, remote-dr, municipal',
    ]);
  });
});
