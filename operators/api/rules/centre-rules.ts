import { greatCircleKilometres } from './great-circle.ts';
import { centresOf, cityOf } from './locality.ts';
import { defineRule, type Breach, type Rule } from './rule.ts';
import { tellAllowed, tellCount } from './tell-count.ts';

const roleCounts = defineRule({
  code: 'ZB-TOP-001',
  title: 'The centres have the roles that the profile asks for, in the number that it asks for',
  why: '两地三中心 is a production centre, a local and a remote DR centre; without one of them a leg has nowhere to go.',
  severity: 'error',
  policyLines: ['T-01', 'T-04'],
  judges: ['topology', 'profile'],
  check: function* ({ topology, profile }) {
    for (const { role, atLeast, atMost } of profile.spec.roles) {
      const names = centresOf(topology, role).map(({ centre }) => centre.name);
      if (names.length >= atLeast && names.length <= (atMost ?? Infinity)) continue;
      const listed = names.length === 0 ? '' : ` (${names.join(', ')})`;
      yield {
        document: topology,
        field: ['spec', 'centres'],
        message: `found ${tellCount(names.length, 'centre')} of the role ${role}${listed}; the profile ${profile.metadata.name} has ${tellAllowed(atLeast, atMost)}`,
        remedy: names.length < atLeast ? `add the ${role} centre` : `give the role ${role} to one of them`,
      };
    }
  },
});

const localities = defineRule({
  code: 'ZB-TOP-002',
  title: 'A local DR centre stands in the city of production, a remote one in another',
  why: 'Two places: what takes the city must leave the remote centre, and the real-time leg needs a short line.',
  severity: 'error',
  policyLines: ['T-01'],
  judges: ['topology', 'profile'],
  check: function* ({ topology, profile }) {
    for (const { role, place } of profile.spec.roles) {
      if (place === undefined) continue;
      for (const { centre, index } of centresOf(topology, role)) {
        for (const { centre: production } of centresOf(topology, 'production')) {
          const [city, home] = [cityOf(topology, centre.region), cityOf(topology, production.region)];
          if (city === undefined || home === undefined || (city === home) === (place === 'same-city'))
            continue;
          yield {
            document: topology,
            field: ['spec', 'centres', index, 'region'],
            message:
              place === 'same-city'
                ? `stands in ${city.name} while ${production.name} stands in ${home.name}; a ${role} centre stands in the city of production`
                : `stands in ${city.name} like ${production.name}; a ${role} centre stands in another city`,
          };
        }
      }
    }
  },
});

const sharedHazards = defineRule({
  code: 'ZB-TOP-003',
  title: 'Production and remote DR share no area of a regional disaster',
  why: 'Distance is not the test of 异地: one typhoon, flood, earthquake or grid failure must not take both.',
  severity: 'error',
  policyLines: ['T-01'],
  judges: ['topology', 'profile'],
  check: function* ({ topology, profile }) {
    const categories: readonly string[] = profile.spec.separateHazards.map(({ category }) => category);
    for (const { centre, index } of centresOf(topology, 'remote-dr')) {
      for (const { centre: production } of centresOf(topology, 'production')) {
        for (const [at, { category, area }] of (centre.hazards ?? []).entries()) {
          const shared = production.hazards?.some(
            (hazard) => hazard.category === category && hazard.area === area,
          );
          if (!categories.includes(category) || shared !== true) continue;
          yield {
            document: topology,
            field: ['spec', 'centres', index, 'hazards', at],
            message: `shares the ${category} area ${area} with ${production.name}; one such disaster would take both`,
            remedy: 'choose another place for the remote centre, or correct the area',
          };
        }
      }
    }
  },
});

const undeclaredHazards = defineRule({
  code: 'ZB-TOP-004',
  title: 'Production and remote DR say which regional disasters they are exposed to',
  why: 'What is not declared cannot be compared, and a shared hazard would pass unseen.',
  severity: 'warning',
  policyLines: ['T-01'],
  judges: ['topology'],
  check: function* ({ topology }) {
    for (const role of ['production', 'remote-dr'] as const) {
      for (const { centre, index } of centresOf(topology, role)) {
        if ((centre.hazards ?? []).length > 0) continue;
        yield {
          document: topology,
          field: ['spec', 'centres', index, 'hazards'],
          message: `${centre.name} names no hazard, so that none can be compared`,
          remedy: 'name the fault, river basin, coast and grid section that it depends on',
        };
      }
    }
  },
});

const distances = defineRule({
  code: 'ZB-TOP-005',
  title: 'Centres stand as far apart as the profile expects',
  why: 'Too near, one fire or flood takes both; too far, a commit waits long for its replica.',
  severity: 'profile',
  policyLines: ['T-01'],
  judges: ['topology', 'profile'],
  check: function* ({ topology, profile }) {
    for (const { between, refusedBelow, expectedFrom, expectedTo, status } of profile.spec.distances) {
      const [from, to] = between;
      if (from === undefined || to === undefined) continue;
      for (const one of centresOf(topology, from)) {
        for (const other of centresOf(topology, to)) {
          const distance = greatCircleKilometres(one.centre.position, other.centre.position);
          const refused = distance < (refusedBelow ?? 0);
          if (!refused && distance >= (expectedFrom ?? 0) && distance <= (expectedTo ?? Infinity)) continue;
          const allowed = refused ? refusedBelow : expectedFrom;
          const range =
            expectedTo === undefined || refused
              ? `at least ${allowed ?? 0}`
              : `${allowed ?? 0} to ${expectedTo}`;
          const breach: Breach = {
            document: topology,
            field: ['spec', 'centres', other.index, 'position'],
            message: `${distance.toFixed(0)} km from ${one.centre.name}; the profile ${profile.metadata.name} (${status}) expects ${range} km between ${from} and ${to}`,
            severity: refused ? 'error' : 'warning',
          };
          yield breach;
        }
      }
    }
  },
});

const unsureFacts = defineRule({
  code: 'ZB-TOP-006',
  title: 'What is inferred or fictitious in a topology is known to be so',
  why: 'Distances and hazards of an invented place prove nothing about the real one.',
  severity: 'warning',
  policyLines: [],
  judges: ['topology'],
  check: function* ({ topology }) {
    for (const list of ['regions', 'centres'] as const) {
      for (const source of ['inferred', 'fictitious'] as const) {
        const names = topology.spec[list].filter((entry) => entry.source === source).map(({ name }) => name);
        if (names.length === 0) continue;
        yield {
          document: topology,
          field: ['spec', list],
          message: `${names.length} of ${topology.spec[list].length} ${list} are ${source}: ${names.join(', ')}`,
          remedy: 'replace them by what is declared before anything is concluded from them',
        };
      }
    }
  },
});

/** Rules about the centres of a topology: the shape of 两地三中心. */
export const centreRules: readonly Rule[] = [
  roleCounts,
  localities,
  sharedHazards,
  undeclaredHazards,
  distances,
  unsureFacts,
];
