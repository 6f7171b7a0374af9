import { findCondition, type Condition, type Placement } from '../../operators/api/index.ts';
import { keyOf, type Live } from '../../operators/runtime/index.ts';
import { isCurrent, type CentreReading } from './read-centre.ts';

/** The roles of a protection group, as the newest epoch has them. */
export interface PlacementLine {
  /** `namespace/group`. */
  readonly group: string;
  readonly home: string;
  readonly replica: string | null;
  readonly backup: string;
  readonly epoch: number;
  /** Whether these are the designed roles, by the operator of a centre that has this epoch. */
  readonly asDesigned: Condition['status'];
  /** Epoch that each centre has; null: not known. */
  readonly epochs: Readonly<Record<string, number | null>>;
  /** Centres that have other roles at this very epoch, which must never be, or an older epoch. */
  readonly differing: readonly string[];
  /** Centres of which it is not known what they have. */
  readonly unknown: readonly string[];
}

interface Copy {
  readonly reading: CentreReading;
  readonly placement: Live<Placement>;
}

/** A line for each protection group that any centre knows. */
export function placementLines(readings: readonly CentreReading[]): PlacementLine[] {
  const copies = readings.flatMap((reading) =>
    (reading.placements.items ?? []).map((placement): Copy => ({ reading, placement })),
  );
  const groups = Map.groupBy(copies, ({ placement }) => keyOf(placement));
  return [...groups]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([group, those]) => lineOf(group, those, readings));
}

function lineOf(group: string, copies: readonly Copy[], readings: readonly CentreReading[]): PlacementLine[] {
  const [newest] = copies.toSorted((one, other) => other.placement.spec.epoch - one.placement.spec.epoch);
  if (newest === undefined) return [];
  const { home, replica, backup, epoch } = newest.placement.spec;
  const copyOf = (centre: string): Live<Placement> | undefined =>
    copies.find(({ reading }) => reading.name === centre)?.placement;
  const known = readings.filter(({ placements }) => placements.problem === undefined);
  return [
    {
      group,
      home,
      replica: replica ?? null,
      backup,
      epoch,
      asDesigned: asDesigned(copies.filter(({ placement }) => placement.spec.epoch === epoch)),
      epochs: Object.fromEntries(readings.map(({ name }) => [name, copyOf(name)?.spec.epoch ?? null])),
      differing: known
        .filter(({ name }) => rolesOf(copyOf(name)) !== rolesOf(newest.placement))
        .map(({ name }) => name),
      unknown: readings.filter((reading) => !known.includes(reading)).map(({ name }) => name),
    },
  ];
}

function asDesigned(copies: readonly Copy[]): Condition['status'] {
  const told = copies
    .filter(({ reading }) => isCurrent(reading))
    .map(
      ({ placement: { status, metadata } }) =>
        findCondition(status?.conditions, 'AsDesigned', metadata.generation ?? 0)?.status,
    );
  return told.find((status) => status !== undefined) ?? 'Unknown';
}

function rolesOf(placement: Live<Placement> | undefined): string {
  if (placement === undefined) return 'none';
  const { home, replica, backup, backupSource, epoch } = placement.spec;
  return JSON.stringify([home, replica, backup, backupSource, epoch]);
}
