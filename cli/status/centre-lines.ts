import {
  findCondition,
  type Condition,
  type Topology,
  type TopologyStatus,
} from '../../operators/api/index.ts';
import type { Live } from '../../operators/runtime/index.ts';
import type { ReadProblem } from '../centres/read-result.ts';
import type { OperatorState } from './operator-state.ts';
import { isCurrent, type CentreReading } from './read-centre.ts';

/** A centre in one line. */
export interface CentreLine {
  readonly name: string;
  readonly displayName: string | null;
  /** Designed role; null: no topology says. */
  readonly role: string | null;
  readonly context: string;
  readonly answers: boolean;
  /** Why it does not answer; null: it does. */
  readonly problem: ReadProblem | null;
  readonly operator: OperatorState;
  /** Condition `Ready` of its Topology. */
  readonly ready: Condition['status'];
  /** Conditions of its Topology that are not fine, with what they say. */
  readonly complaints: readonly string[];
}

/** A line for each centre, in the order of the site. */
export function centreLines(readings: readonly CentreReading[]): CentreLine[] {
  const topology = siteTopology(readings);
  return readings.map((reading) => {
    const { name, access, silent, operator } = reading;
    const described = access.described ?? topology?.spec.centres.find((centre) => centre.name === name);
    return {
      name,
      displayName: described?.displayName ?? null,
      role: described?.role ?? null,
      context: access.context,
      answers: silent === undefined,
      problem: silent ?? null,
      operator,
      ...selfReport(reading),
    };
  });
}

/** The topology of a centre. Undefined where there is none, or several, of which none can be believed. */
function topologyOf({ topologies }: CentreReading): Live<Topology> | undefined {
  const [topology, ...others] = topologies.items ?? [];
  return others.length === 0 ? topology : undefined;
}

/** The topology of the site: that of the first centre that has exactly one. */
export function siteTopology(readings: readonly CentreReading[]): Live<Topology> | undefined {
  return readings.map(topologyOf).find((found) => found !== undefined);
}

/** What a centre says about itself and its peers now; undefined where nobody is there to say it. */
export function currentStatus(reading: CentreReading): TopologyStatus | undefined {
  return isCurrent(reading) ? topologyOf(reading)?.status : undefined;
}

function selfReport(reading: CentreReading): Pick<CentreLine, 'ready' | 'complaints'> {
  const conditions = currentStatus(reading)?.conditions ?? [];
  const generation = topologyOf(reading)?.metadata.generation ?? 0;
  return {
    ready: findCondition(conditions, 'Ready', generation)?.status ?? 'Unknown',
    complaints: conditions
      .filter(({ type, status }) => status === (type === 'Stalled' ? 'True' : 'False'))
      .map(({ type, status, message }) => `${type} ${status}: ${message}`),
  };
}
