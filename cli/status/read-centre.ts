import {
  dataZoneKind,
  datasetKind,
  placementKind,
  topologyKind,
  type DataZone,
  type Dataset,
  type Placement,
  type Topology,
} from '../../operators/api/index.ts';
import { resourceTypeOf, type Live } from '../../operators/runtime/index.ts';
import type { CentreSession } from '../centres/centre-session.ts';
import type { CentreAccess } from '../centres/find-centres.ts';
import { problemOf, readAll, type ReadProblem, type ReadResult } from '../centres/read-result.ts';
import { operatorState, readLease, type OperatorState } from './operator-state.ts';

/** Everything that is read of a centre for its status. */
export interface CentreReading {
  /** Name by its own Topology where that tells, else as it was asked for. */
  readonly name: string;
  readonly access: CentreAccess;
  /** Why its API server did not answer; undefined: it did. */
  readonly silent?: ReadProblem | undefined;
  /** Whether anybody is there who keeps what the objects say up to date. */
  readonly operator: OperatorState;
  readonly topologies: ReadResult<Live<Topology>>;
  readonly placements: ReadResult<Live<Placement>>;
  readonly datasets: ReadResult<Live<Dataset>>;
  readonly zones: ReadResult<Live<DataZone>>;
}

/** Reads a centre, everything at the same time. It never throws: what could not be read says why. */
export async function readCentre(
  access: CentreAccess,
  { client }: CentreSession,
  signal: AbortSignal,
): Promise<CentreReading> {
  const version = client.read('/version', { signal }).then(
    ({ date }) => ({ date }),
    (error: unknown) => ({ silent: problemOf(error) }),
  );
  const [answer, lease, topologies, placements, datasets, zones] = await Promise.all([
    version,
    readLease(client, signal),
    readAll(client, resourceTypeOf(topologyKind), signal),
    readAll(client, resourceTypeOf(placementKind), signal),
    readAll(client, resourceTypeOf(datasetKind), signal),
    readAll(client, resourceTypeOf(dataZoneKind), signal),
  ]);
  if ('silent' in answer) return silentCentre(access, answer.silent);
  const [topology] = topologies.items ?? [];
  return {
    name: access.described?.name ?? topology?.status?.centre ?? access.name,
    access,
    operator: operatorState(lease, answer.date),
    topologies,
    placements,
    datasets,
    zones,
  };
}

/** A centre of which nothing is known. */
export function silentCentre(access: CentreAccess, problem: ReadProblem): CentreReading {
  const unread = { problem };
  return {
    name: access.name,
    access,
    silent: problem,
    operator: 'Unknown',
    topologies: unread,
    placements: unread,
    datasets: unread,
    zones: unread,
  };
}

/** Whether what the centre says about itself and others is of now. What a dead operator wrote stays there for ever. */
export function isCurrent({ silent, operator }: CentreReading): boolean {
  return silent === undefined && operator === 'Running';
}
