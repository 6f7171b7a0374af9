import type { ReadProblem } from '../centres/read-result.ts';
import { EXIT_CODES } from '../exit-code.ts';
import { centreLines, siteTopology, type CentreLine } from './centre-lines.ts';
import { classLines, datasetLines, type ClassLine, type DatasetLine } from './dataset-lines.ts';
import { peerLines, type PeerLine } from './peer-lines.ts';
import { placementLines, type PlacementLine } from './placement-lines.ts';
import type { CentreReading } from './read-centre.ts';
import { uncoveredLines, type Uncovered } from './uncovered-lines.ts';

/** What `zaibei status` prints with `-o json`. */
export interface StatusReport {
  /** Nothing is wrong, and nothing is unknown. */
  readonly fine: boolean;
  readonly topology: {
    readonly name: string;
    readonly profile: string;
    readonly centres: number;
    readonly links: number;
  } | null;
  readonly centres: readonly CentreLine[];
  readonly peers: readonly PeerLine[];
  readonly placements: readonly PlacementLine[];
  readonly classes: readonly ClassLine[];
  readonly datasets: readonly DatasetLine[];
  readonly uncovered: Uncovered;
  /** What could not be read of centres that answer. */
  readonly unread: readonly ({ readonly centre: string; readonly what: string } & ReadProblem)[];
}

/** Sums up what was read. Pure: the same readings give the same report. */
export function reportStatus(readings: readonly CentreReading[]): StatusReport {
  const topology = siteTopology(readings);
  const placements = placementLines(readings);
  const datasets = datasetLines(readings, placements);
  const report = {
    topology:
      topology === undefined
        ? null
        : {
            name: topology.metadata.name,
            profile: topology.spec.profile,
            centres: topology.spec.centres.length,
            links: topology.spec.links?.length ?? 0,
          },
    centres: centreLines(readings),
    peers: peerLines(readings),
    placements,
    classes: classLines(datasets),
    datasets,
    uncovered: uncoveredLines(readings),
    unread: readings.flatMap(unreadOf),
  };
  return { fine: isFine(report), ...report };
}

/** How the command ends: with `unable` only when no centre has answered. */
export function exitCodeOf({ fine, centres }: StatusReport): number {
  if (!centres.some(({ answers }) => answers)) return EXIT_CODES.unable;
  return fine ? EXIT_CODES.fine : EXIT_CODES.findings;
}

function isFine(report: Omit<StatusReport, 'fine'>): boolean {
  const { topology, centres, peers, placements, datasets, uncovered, unread } = report;
  return (
    topology !== null &&
    centres.every(
      ({ ready, operator, complaints }) =>
        ready === 'True' && operator === 'Running' && complaints.length === 0,
    ) &&
    peers.every(({ reachability, agreement }) => reachability === 'Reachable' && agreement === 'Agrees') &&
    placements.every(
      ({ asDesigned, differing, unknown }) =>
        asDesigned === 'True' && differing.length === 0 && unknown.length === 0,
    ) &&
    datasets.every(({ phase }) => phase === 'Protected') &&
    uncovered.listed.every(({ stateless }) => stateless) &&
    uncovered.more === 0 &&
    uncovered.unknown.length === 0 &&
    unread.length === 0
  );
}

function unreadOf(reading: CentreReading): StatusReport['unread'] {
  if (reading.silent !== undefined) return [];
  const kinds = ['topologies', 'placements', 'datasets', 'zones'] as const;
  return kinds.flatMap((what) => {
    const { problem } = reading[what];
    return problem === undefined ? [] : { centre: reading.name, what, ...problem };
  });
}
