import type { Scenario } from '../simulate.ts';
import { SimulatedProcess, type Program } from '../simulated-process.ts';
import { demandLeaseForWrites } from './lease-invariants.ts';
import { letThingsGoWrong } from './mishaps.ts';
import { letPeopleWish } from './people.ts';
import { demandHonestStatus, demandNothingLost, demandOneWorkerPerKey } from './wish-invariants.ts';
import { wishOperator } from './wish-operator.ts';
import { demandSteadyStatus, demandQuiet } from './write-invariants.ts';

/** How long things go wrong, how long it then takes at most to come to rest, and how long that is looked at, in milliseconds. */
const STORM = 30_000;
const SETTLING = 65_000;
const REST = 10_000;

const CENTRE = 'production';

/** What differs from the scenario as it should be: how a test of the simulation itself breaks a promise on purpose. */
export interface Sabotage {
  /** Makes another program of the operator. */
  readonly program?: (operator: Program) => Program;
  /** Until when people act, in milliseconds. */
  readonly people?: number;
}

/** One centre with two operators, people who change their minds, and everything that can go wrong between them. */
export function wishScenario({ program = (same) => same, people = STORM }: Sabotage = {}): Scenario {
  return async (world) => {
    const server = world.server(CENTRE);
    demandHonestStatus(world, server);
    demandSteadyStatus(world, server);
    demandLeaseForWrites(world, server);
    demandNothingLost(world, server);
    const quiet = demandQuiet(world);
    const operator = program(wishOperator(CENTRE, demandOneWorkerPerKey(world)));
    const processes = ['blue', 'green'].map((name) => new SimulatedProcess(world, name, operator));
    letPeopleWish(world, CENTRE, people);
    letThingsGoWrong(world, CENTRE, processes, STORM);
    await world.pass(STORM + SETTLING);
    quiet.begin();
    await world.pass(REST);
    world.judgeAtRest();
  };
}
