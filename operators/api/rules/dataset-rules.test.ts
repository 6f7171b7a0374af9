import { describe, expect, it } from 'vitest';
import { judge, remove, set } from './testing/example-site.ts';

const POPULATION = 'Dataset population';
const CONTRACTS = 'Dataset contracts';
const SITE = 'Site example';

describe('datasets', () => {
  it('a dataset of no tenant is refused [D-08]', () => {
    expect(judge(set(CONTRACTS, 'metadata.namespace', 'tradin'))).toEqual([
      'error ZB-DST-001 Dataset tradin/contracts, metadata.namespace: names the tenant "tradin", which does not exist; there are population, trading',
    ]);
  });

  it('the state of the cluster in a tenant is refused', () => {
    expect(judge(set('Dataset zone-state', 'metadata.namespace', 'trading'))).toEqual([
      'error ZB-DST-001 Dataset trading/zone-state, metadata.namespace: found trading; the state of the cluster is a dataset of zaibei-system',
    ]);
  });

  it('an unclassified dataset is a warning [D-06, D-07]', () => {
    expect(judge(remove(POPULATION, 'spec.class'))).toEqual([
      'warning ZB-DST-002 Dataset population/population, spec.class: has no class, and is protected as important',
    ]);
  });

  it('an unclassified dataset is refused by a strict site [D-07]', () => {
    expect(judge(remove(POPULATION, 'spec.class'), set(SITE, 'spec.strict', true))).toEqual([
      'error ZB-DST-002 Dataset population/population, spec.class: has no class, and is protected as important',
    ]);
  });

  it('a class without a catalogue record is a warning [D-06]', () => {
    expect(judge(remove(POPULATION, 'spec.catalogue'))).toEqual([
      'warning ZB-DST-002 Dataset population/population, spec.catalogue: is of the class important without a catalogue record that says so',
    ]);
  });

  it('a dataset without its information system is refused [D-08]', () => {
    expect(judge(remove(POPULATION, 'spec.system'))).toEqual([
      'error ZB-DST-003 Dataset population/population, spec.system: does not name its information system',
    ]);
  });

  it('a system without 等保 level and 密评 status is refused [S-06]', () => {
    expect(
      judge(remove(POPULATION, 'spec.system.securityLevel'), remove(POPULATION, 'spec.system.cryptography')),
    ).toEqual([
      'error ZB-DST-003 Dataset population/population, spec.system.securityLevel: does not say the 等保 level of 人口系统',
      'error ZB-DST-003 Dataset population/population, spec.system.cryptography: does not say the 密评 status of 人口系统',
    ]);
  });

  it('an instance of a lower class than a database in it is refused [D-07]', () => {
    expect(judge(set(CONTRACTS, 'spec.class', 'general'), set(POPULATION, 'spec.class', 'general'))).toEqual([
      'error ZB-DST-004 Dataset population/population, spec.postgres.databases[0].class: the database population is important, and the instance only general',
    ]);
  });

  it('an address that is missing for a centre of the zone is named [D-01]', () => {
    expect(judge(remove(POPULATION, 'spec.postgres.endpoint.perCentre.2'))).toEqual([
      'error ZB-DST-005 Dataset population/population, spec.postgres.endpoint.perCentre: names no address for remote-dr, where the data may live after a takeover',
    ]);
  });

  it('an address in a centre that does not exist is refused', () => {
    expect(judge(set(POPULATION, 'spec.postgres.endpoint.perCentre.2.centre', 'remot-dr'))).toEqual([
      'error ZB-DST-005 Dataset population/population, spec.postgres.endpoint.perCentre: names no address for remote-dr, where the data may live after a takeover',
      'error ZB-DST-005 Dataset population/population, spec.postgres.endpoint.perCentre[2].centre: names the centre "remot-dr", which does not exist; there are production, local-dr, remote-dr, municipal',
    ]);
  });

  it('files without an endpoint are refused [D-02]', () => {
    expect(judge(remove(CONTRACTS, 'spec.files.endpoint'))).toEqual([
      'error ZB-DST-005 Dataset trading/contracts, spec.files.endpoint: has no endpoint; the centre that keeps the backups pulls the data from there',
    ]);
  });

  it('a suspended dataset is pointed out as not covered [D-02]', () => {
    expect(judge(set(POPULATION, 'spec.suspend', true))).toEqual([
      'warning ZB-DST-006 Dataset population/population, spec.suspend: is suspended: nothing is copied, and it shows as not covered',
    ]);
  });
});
