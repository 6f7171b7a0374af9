import { DATA_CLASSES, findCondition, type Dataset } from '../../operators/api/index.ts';
import { DATASET_PHASES, type DatasetPhase } from '../../operators/api/kinds/dataset-status.ts';
import { groupOf } from '../../operators/api/layout/protection-group.ts';
import { keyOf, type Live } from '../../operators/runtime/index.ts';
import type { PlacementLine } from './placement-lines.ts';
import { isCurrent, type CentreReading } from './read-centre.ts';

/** Word for a dataset that no catalogue has classified. */
const UNCLASSIFIED = 'unclassified';

/** How one dataset stands. */
export interface DatasetLine {
  /** `namespace/name`. */
  readonly name: string;
  /** Class from the catalogue, or {@link UNCLASSIFIED}. */
  readonly class: string;
  readonly phase: DatasetPhase;
  /** What the operator says about it, or why nothing is known. */
  readonly message: string;
}

/** How many datasets of a class there are, by phase. */
export interface ClassLine {
  readonly class: string;
  readonly phases: Readonly<Record<DatasetPhase, number>>;
}

/** Phases from bad to good: of several centres that speak of a dataset, the worst word counts. */
const BY_GRAVITY: readonly DatasetPhase[] = [
  'Unresolved',
  'Unprotected',
  'Suspended',
  'Partial',
  'Unknown',
  'Protected',
];

type Word = Pick<DatasetLine, 'phase' | 'message'>;

/**
 * A line for each dataset that any centre knows. While its home centre does not tell, a dataset is at best unknown: what the
 * others see of it may be over since.
 */
export function datasetLines(
  readings: readonly CentreReading[],
  placements: readonly PlacementLine[],
): DatasetLine[] {
  const told = readings.flatMap((reading) =>
    (reading.datasets.items ?? []).map((dataset) => ({ reading, dataset })),
  );
  const tellers = new Set(readings.filter(isCurrent).map(({ name }) => name));
  return [...Map.groupBy(told, ({ dataset }) => keyOf(dataset))]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([name, copies]) => {
      const [first] = copies;
      if (first === undefined) return [];
      const group = groupOf(first.dataset);
      const home = placements.find((placement) => placement.group === group)?.home;
      const words = copies.map(({ reading, dataset }) => wordOf(reading, dataset));
      if (home !== undefined && !tellers.has(home)) words.push(unknown(`home centre ${home} does not tell`));
      return { name, class: first.dataset.spec.class ?? UNCLASSIFIED, ...worst(words) };
    });
}

/** Counts by class, the classes in the order of their weight, those without datasets left out. */
export function classLines(datasets: readonly DatasetLine[]): ClassLine[] {
  return [...DATA_CLASSES, UNCLASSIFIED].flatMap((name) => {
    const those = datasets.filter((dataset) => dataset.class === name);
    if (those.length === 0) return [];
    const count = (phase: DatasetPhase): number => those.filter((one) => one.phase === phase).length;
    const entries = DATASET_PHASES.map((phase) => [phase, count(phase)] as const);
    // One entry for each phase.
    return { class: name, phases: Object.fromEntries(entries) as Record<DatasetPhase, number> };
  });
}

function wordOf(reading: CentreReading, { status, metadata }: Live<Dataset>): Word {
  if (!isCurrent(reading)) return unknown(`operator of ${reading.name}: ${reading.operator}`);
  const phase = DATASET_PHASES.find((known) => known === status?.phase);
  const { generation = 0 } = metadata;
  if (phase === undefined || status?.observedGeneration !== generation)
    return unknown(`not judged yet in ${reading.name}`);
  return { phase, message: findCondition(status.conditions, 'Protected', generation)?.message ?? '' };
}

function unknown(message: string): Word {
  return { phase: 'Unknown', message };
}

function worst(words: readonly Word[]): Word {
  const [word] = words.toSorted(
    (one, other) => BY_GRAVITY.indexOf(one.phase) - BY_GRAVITY.indexOf(other.phase),
  );
  return word ?? unknown('');
}
