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

  it('a context that another centre has by default is refused', () => {
    expect(judge(set(SITE, 'spec.contexts', { production: 'example-local-dr' }))).toEqual([
      'error ZB-SIT-002 Site example, spec.contexts.production: example-local-dr is the context of local-dr already, for which none is stated',
    ]);
  });

  it('two centres may exchange their default contexts: each is used once', () => {
    const contexts = { production: 'example-local-dr', 'local-dr': 'example-production' };
    expect(judge(set(SITE, 'spec.contexts', contexts))).toEqual([]);
  });

  it('a centre may have the name of something that every object of JavaScript inherits', () => {
    const changes = [
      set(TOPOLOGY, 'spec.centres.3.name', 'constructor'),
      set(TOPOLOGY, 'spec.links.3.between.0', 'constructor'),
      set('DataZone city-b', 'spec.centres.0', 'constructor'),
    ];
    expect(judge(...changes, set(SITE, 'spec.contexts', { production: 'one' }))).toEqual([]);
    expect(judge(...changes, set(SITE, 'spec.contexts', { production: 'example-constructor' }))).toEqual([
      'error ZB-SIT-002 Site example, spec.contexts.production: example-constructor is the context of constructor already, for which none is stated',
    ]);
  });
});
