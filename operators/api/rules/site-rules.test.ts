import { describe, expect, it } from 'vitest';
import { judge, set } from './testing/example-site.ts';

const TOPOLOGY = 'Topology example';
const SITE = 'Site example';

describe('the settings of a site', () => {
  it('a profile that does not exist is refused, with those that do [T-04]', () => {
    expect(judge(set(TOPOLOGY, 'spec.profile', 'fujian-2032'))).toEqual([
      'error ZB-SIT-001 Topology example, spec.profile: names the profile "fujian-2032", which does not exist; there are fujian-2023, hebei-2023',
    ]);
  });

  it('a context of no centre, and one of two centres, are refused', () => {
    expect(
      judge(set(SITE, 'spec.contexts', { production: 'one', 'local-dr': 'one', remote: 'two' })),
    ).toEqual([
      'error ZB-SIT-002 Site example, spec.contexts.local-dr: one is the context of production already',
      'error ZB-SIT-002 Site example, spec.contexts.remote: names the centre "remote", which does not exist; there are production, local-dr, remote-dr, municipal',
    ]);
  });
});
