import { isCurrent, type CentreReading } from './read-centre.ts';

/** Something in a tenant's namespace that no Dataset names. */
export interface UncoveredLine {
  readonly centre: string;
  readonly zone: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** It keeps nothing that could be lost. */
  readonly stateless: boolean;
}

/** What no Dataset names, as far as it is known. */
export interface Uncovered {
  readonly listed: readonly UncoveredLine[];
  /** How many more there are than the zones list. */
  readonly more: number;
  /** Centres of which it is not known. */
  readonly unknown: readonly string[];
}

/** Gathers what the zones of all centres say. */
export function uncoveredLines(readings: readonly CentreReading[]): Uncovered {
  const zones = readings.flatMap((reading) =>
    (reading.zones.items ?? []).map((zone) => ({ reading, zone, coverage: zone.status?.coverage })),
  );
  const told = zones.filter(({ reading, coverage }) => isCurrent(reading) && coverage !== undefined);
  const listed = told.flatMap(({ reading, zone, coverage }) =>
    (coverage?.uncovered ?? []).map(({ kind, namespace, name, stateless = false }) => ({
      centre: reading.name,
      zone: zone.metadata.name,
      kind,
      namespace,
      name,
      stateless,
    })),
  );
  const total = told
    .map(({ coverage }) => coverage)
    .reduce(
      (sum, counts) =>
        sum + (counts?.uncoveredClaims ?? 0) + (counts?.uncoveredWorkloads ?? 0) + (counts?.stateless ?? 0),
      0,
    );
  const tells = (reading: CentreReading): boolean =>
    isCurrent(reading) &&
    reading.zones.items?.length === told.filter((zone) => zone.reading === reading).length;
  return {
    listed,
    more: Math.max(0, total - listed.length),
    unknown: readings.filter((reading) => !tells(reading)).map(({ name }) => name),
  };
}
