import { describe, expect, it } from 'vitest';
import { sayIn } from '../messages/say.ts';
import { explain } from './explain.ts';
import { findField } from './find-field.ts';

describe('zaibei explain', () => {
  it.each([
    ['dataset.spec.class', 'Dataset.spec.class'],
    ['dset.class', 'Dataset.spec.class'],
    ['Dataset.postgres.databases[].name', 'Dataset.spec.postgres.databases.name'],
    ['topologies.status.peers[0].roundTrip', 'Topology.status.peers.roundTrip'],
    ['Site.renderer', 'Site.spec.renderer'],
    ['Placement', 'Placement'],
  ])('understands %s', (written, field) => {
    expect(findField(written)).toMatchObject({ field });
  });

  it('tells type, default, what is allowed and whether it is required', () => {
    expect(findField('dataset.postgres.podPort')).toMatchObject({
      type: 'integer',
      required: false,
      default: 5432,
      allowed: 'whole number from 1 to 65535',
    });
    expect(findField('topology.centres.role')).toMatchObject({
      required: true,
      allowed: 'one of `production`, `local-dr`, `remote-dr`, `municipal`',
    });
  });

  it.each([
    ['Datset', /ZB-CLI-003: .*"Datset".*Did you mean "Dataset"\?/],
    ['dataset.spec.clas', /Dataset\.spec .*Did you mean "class"\?/],
    ['dataset.class.more', /Dataset\.spec\.class has no fields below it/],
  ])('names the nearest for %s', (written, message) => {
    expect(() => explain(written, sayIn('en'))).toThrow(message);
  });

  it('says it in Chinese where that is asked for', () => {
    expect(explain('dataset.class', sayIn('zh')).text()).toContain('允许值:');
  });
});
