import { describe, expect, it } from 'vitest';
import { judge, remove } from './testing/example-site.ts';

const TOPOLOGY = 'Topology example';
const PROVINCE = 'DataZone province';
const IMPORTANT = 'ProtectionPolicy important';
const POPULATION = 'Dataset population';

describe('owners', () => {
  it('everything without an owner is named, of every kind [S-08]', () => {
    expect(
      judge(
        remove(TOPOLOGY, 'spec.centres.0.owner'),
        remove(PROVINCE, 'spec.owner'),
        remove(PROVINCE, 'spec.platforms.1.owner'),
        remove(PROVINCE, 'spec.tenants.0.owner'),
        remove(POPULATION, 'spec.owner'),
        remove('BackupStore remote', 'spec.owner'),
        remove(IMPORTANT, 'spec.owner'),
      ),
    ).toEqual([
      'error ZB-OWN-001 Topology example, spec.centres[0].owner: centre production has no owner',
      'error ZB-OWN-002 DataZone province, spec.owner: DataZone province has no owner',
      'error ZB-OWN-002 DataZone province, spec.platforms[1].owner: platform trading has no owner',
      'error ZB-OWN-002 DataZone province, spec.tenants[0].owner: tenant population has no owner',
      'error ZB-OWN-005 ProtectionPolicy important, spec.owner: ProtectionPolicy important has no owner',
      'error ZB-OWN-004 BackupStore remote, spec.owner: BackupStore remote has no owner',
      'error ZB-OWN-003 Dataset population/population, spec.owner: Dataset population has no owner',
    ]);
  });
});
