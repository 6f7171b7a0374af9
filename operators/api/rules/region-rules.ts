import { LEVELS } from '../kinds/topology.ts';
import { cityOf } from './locality.ts';
import { refuseUnknown } from './reference.ts';
import { defineRule, type Rule } from './rule.ts';

const parents = defineRule({
  code: 'ZB-REG-001',
  title: 'Every region but a province names the region above it',
  why: 'The tree is explicit, because administrative codes are none: 平潭 lies in the code range of 福州.',
  severity: 'error',
  policyLines: ['T-10'],
  judges: ['topology'],
  check: function* ({ topology }) {
    const names = topology.spec.regions.map(({ name }) => name);
    for (const [index, { name, level, parent }] of topology.spec.regions.entries()) {
      const field = ['spec', 'regions', index, 'parent'];
      if (parent !== undefined) {
        yield* refuseUnknown(topology, field, parent, { noun: 'region', names });
      } else if (level !== 'province') {
        const message = `${name} is a ${level} and names no region above; only a province has none`;
        yield { document: topology, field, message };
      }
    }
  },
});

const cycles = defineRule({
  code: 'ZB-REG-002',
  title: 'The regions form a tree',
  why: 'A region that lies within itself is counted for ever.',
  severity: 'error',
  policyLines: ['T-10'],
  judges: ['topology'],
  check: function* ({ topology }) {
    const { regions } = topology.spec;
    const parentOf = new Map(regions.map(({ name, parent }) => [name, parent]));
    const told = new Set<string>();
    for (const [index, { name }] of regions.entries()) {
      const way = [name];
      let above = parentOf.get(name);
      while (above !== undefined && !way.includes(above)) {
        way.push(above);
        above = parentOf.get(above);
      }
      if (above !== name || told.has(name)) continue;
      for (const region of way) told.add(region);
      const message = `lies within itself: ${[...way, name].join(' → ')}`;
      yield { document: topology, field: ['spec', 'regions', index, 'parent'], message };
    }
  },
});

const levels = defineRule({
  code: 'ZB-REG-003',
  title: 'A region lies in a region of a higher level',
  why: 'Figures are added from counties to cities to the province; a level that is upside down would lose some.',
  severity: 'error',
  policyLines: ['T-10'],
  judges: ['topology'],
  check: function* ({ topology }) {
    const { regions } = topology.spec;
    for (const [index, { name, level, parent }] of regions.entries()) {
      const above = regions.find((region) => region.name === parent);
      if (above === undefined || LEVELS.indexOf(above.level) < LEVELS.indexOf(level)) continue;
      const message = `${name} is a ${level} within ${above.name}, a ${above.level}; the order is ${LEVELS.join(' → ')}`;
      yield { document: topology, field: ['spec', 'regions', index, 'parent'], message };
    }
  },
});

const centreRegions = defineRule({
  code: 'ZB-REG-004',
  title: 'A centre stands in a city that is among the regions',
  why: 'Two places are two cities: whether centres share one must be known.',
  severity: 'error',
  policyLines: ['T-01'],
  judges: ['topology'],
  check: function* ({ topology }) {
    const names = topology.spec.regions.map(({ name }) => name);
    for (const [index, { region }] of topology.spec.centres.entries()) {
      const field = ['spec', 'centres', index, 'region'];
      const breaches = refuseUnknown(topology, field, region, { noun: 'region', names });
      yield* breaches;
      if (breaches.length > 0 || cityOf(topology, region) !== undefined) continue;
      const message = `stands in ${region}, which is no city and lies in none; name the city`;
      yield { document: topology, field, message };
    }
  },
});

/** Rules about the tree of regions. */
export const regionRules: readonly Rule[] = [parents, cycles, levels, centreRegions];
