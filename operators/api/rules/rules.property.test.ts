import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge, set } from './testing/example-site.ts';

/** Fields that rules read, of every type. */
const FIELDS: readonly (readonly [string, string])[] = [
  ['Topology example', 'spec.regions.1.parent'],
  ['Topology example', 'spec.centres.1.region'],
  ['Topology example', 'spec.centres.2.hazards'],
  ['Topology example', 'spec.centres.2.position'],
  ['Topology example', 'spec.centres.2.podCidrs'],
  ['Topology example', 'spec.links.0'],
  ['Topology example', 'spec.links'],
  ['DataZone province', 'spec.quota.cpu'],
  ['DataZone province', 'spec.tenants'],
  ['DataZone province', 'spec.exchangeGrants.0.until'],
  ['ProtectionPolicy important', 'spec.timed.schedule.cron'],
  ['ProtectionPolicy important', 'spec.timed.schedule.timeZone'],
  ['ProtectionPolicy important', 'spec.realtime'],
  ['Dataset population', 'spec.dailyChange'],
  ['Dataset population', 'spec.system'],
  ['Dataset population', 'spec.postgres.endpoint'],
];

/** Values that are of the right shape somewhere, and odd where they land. */
const VALUES = fc.oneof(
  fc.constantFrom(
    '',
    '0s',
    '999999d',
    '7PiB',
    '0.0.0.0/0',
    '0',
    '0 0 29 2 *',
    '* * * * *',
    '9999-12-31',
    'UTC',
  ),
  fc.constantFrom(null, [], {}, [null], 0, -1, true),
  fc.string({ maxLength: 20 }),
  fc.jsonValue({ maxDepth: 2 }),
);

describe('the rules', () => {
  it('judge any value of any field without a throw', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FIELDS), VALUES, ([document, field], value) => {
        expect(Array.isArray(judge(set(document, field, value)))).toBe(true);
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});
