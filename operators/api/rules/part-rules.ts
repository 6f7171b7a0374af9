import type { DataZone } from '../kinds/data-zone.ts';
import type { Topology } from '../kinds/topology.ts';
import { designedParts, type DesignedParts } from './locality.ts';
import { effectiveClass, policyOf, zoneOf } from './protection-plan.ts';
import { defineRule, type Rule } from './rule.ts';

/** The parts, with the role of the centre that plays each, in words. */
const PARTS = [
  { part: 'home', role: 'production centre' },
  { part: 'replica', role: 'local DR centre' },
  { part: 'backup', role: 'remote DR centre' },
] as const satisfies readonly { readonly part: keyof DesignedParts; readonly role: string }[];

const parts = defineRule({
  code: 'ZB-DST-009',
  title: 'The zone of a dataset has a centre for every part of its protection',
  why: 'Roles are given to the centres of the zone. Where it has no production or no remote DR centre, as a municipal cloud that stands alone, the dataset has no Placement in any centre and nobody protects it; without local DR there is no real-time leg.',
  severity: 'error',
  policyLines: ['D-01', 'D-02'],
  judges: ['datasets'],
  consults: ['topology', 'zones', 'policies'],
  check: function* ({ datasets, topology, zones, policies }) {
    // A role that no centre of the site has is told of the topology, not of each dataset.
    const site = designedParts(topology);
    for (const dataset of datasets) {
      const zone = zoneOf(dataset, zones);
      if (zone === undefined || !isKnown(zone, topology)) continue;
      const designed = designedParts(topology, zone.spec.centres);
      const live = policyOf(policies, effectiveClass(dataset))?.spec.realtime !== undefined;
      const lacking = PARTS.filter(
        ({ part }) =>
          site[part] !== undefined && designed[part] === undefined && (part !== 'replica' || live),
      ).map(({ role }) => role);
      if (lacking.length === 0) continue;
      const { name } = zone.metadata;
      yield {
        document: dataset,
        field: ['metadata', 'namespace'],
        message: `its zone ${name} stands in ${zone.spec.centres.join(', ')}, and has no ${lacking.join(' and no ')}`,
        remedy: `add the centres to spec.centres of the DataZone ${name}, or make it a dataset of a tenant whose zone has them`,
      };
    }
  },
});

/** Whether all centres of a zone exist: what is misspelt there is a breach of its own. */
function isKnown({ spec }: DataZone, topology: Topology): boolean {
  const names = new Set(topology.spec.centres.map(({ name }) => name));
  return spec.centres.every((name) => names.has(name));
}

/** Rules about who plays which part for a dataset. */
export const partRules: readonly Rule[] = [parts];
