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

/** The parts that a protection group has: home in production, replica in local DR, backup in remote DR, as designed. */
export type DesignedParts = Partial<Readonly<Record<'home' | 'replica' | 'backup', string>>>;

/**
 * Who is designed to play which part: the first centre of each role in the topology. A part that nobody plays is missing.
 * @param among names of the centres to choose from, those of a zone; undefined: all
 */
export function designedParts(topology: Topology, among?: readonly string[]): DesignedParts {
  const first = (role: CentreRole): string | undefined =>
    centresOf(topology, role)
      .map(({ centre }) => centre.name)
      .find((name) => among?.includes(name) ?? true);
  const [home, replica, backup] = [first('production'), first('local-dr'), first('remote-dr')];
  return {
    ...(home !== undefined && { home }),
    ...(replica !== undefined && { replica }),
    ...(backup !== undefined && { backup }),
  };
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
