import type { Centre, CentreRole, Region, Topology } from '../kinds/topology.ts';

/** A centre with its place in the list of the topology. */
export interface PlacedCentre {
  readonly centre: Centre;
  readonly index: number;
}

/** The centres of a designed role, in the order of the topology. */
export function centresOf(topology: Topology, role: CentreRole): PlacedCentre[] {
  return topology.spec.centres
    .map((centre, index) => ({ centre, index }))
    .filter(({ centre }) => centre.role === role);
}

/** The city in which a region lies, or which it is; undefined for a province, an unknown region or a broken tree. */
export function cityOf(topology: Topology, regionName: string): Region | undefined {
  const { regions } = topology.spec;
  let region = regions.find(({ name }) => name === regionName);
  // A cycle is a breach of its own; here it only must end.
  for (let steps = 0; steps < regions.length && region !== undefined; steps += 1) {
    if (region.level === 'city') return region;
    const { parent } = region;
    region = regions.find(({ name }) => name === parent);
  }
  return undefined;
}
