import { describe, expect, it } from 'vitest';
import { type Change, judge, remove, set } from './testing/example-site.ts';

/** Codes of the findings. */
function codes(...changes: readonly Change[]): (string | undefined)[] {
  return judge(...changes).map((line) => line.split(' ')[1]);
}

describe('one mistake', () => {
  it('in a store is not reported as a store that does not exist', () => {
    expect(codes(set('BackupStore remote', 'spec.capacity', '1TB'))).toEqual(['ZB-DOC-010']);
  });

  it('in a zone is not reported as tenants and platforms that do not exist', () => {
    expect(codes(set('DataZone province', 'spec.displayname', 'x'))).toEqual(['ZB-DOC-008']);
  });

  it('in the topology is not reported as centres that do not exist', () => {
    expect(codes(set('Topology example', 'spec.centres.0.role', 'prod'))).toEqual(['ZB-DOC-010']);
  });

  it('in a kind is not reported as documents of that kind that are missing', () => {
    expect(codes(set('ProtectionPolicy general', 'kind', 'ProtectionPolcy'))).toEqual(['ZB-DOC-007']);
  });
});

describe('several mistakes', () => {
  it('of shape and of meaning are reported together, where they do not hang together', () => {
    expect(
      codes(
        set('BackupStore remote', 'spec.capacity', '1TB'),
        remove('Dataset population', 'spec.owner'),
        set('ProtectionPolicy general', 'spec.timed.schedule.cron', '0 0 31 2 *'),
      ),
    ).toEqual(['ZB-TIM-001', 'ZB-DOC-010', 'ZB-OWN-003']);
  });
});
