import {
  API_VERSION,
  claimKind,
  placementKind,
  topologyKind,
  type Claim,
  type Topology,
} from '../../api/index.ts';
import { resourceTypeOf } from '../../runtime/index.ts';
import type { Scenario } from '../../runtime/simulation/simulate.ts';
import { SimulatedProcess } from '../../runtime/simulation/simulated-process.ts';
import { CALM, stormIn } from '../../runtime/simulation/weather.ts';
import type { World } from '../../runtime/simulation/world.ts';
import { refuse, type MemoryApiServer } from '../../runtime/testing/memory-api/memory-api-server.ts';
import { PLACEMENT, TOPOLOGY } from '../testing/test-site.ts';
import { findViolation } from '../votes/simulation/invariants.ts';
import { BallotChanges } from './ballot-changes.ts';
import { Cuts } from './cuts.ts';
import { votingOperator, type SimulatedSite } from './voting-operator.ts';

/** How long things go wrong, and how long it then takes a majority to agree at most, in milliseconds. */
const STORM = 45_000;
const SETTLING = 75_000;

const CENTRES = TOPOLOGY.spec.centres.map(({ name }) => name);

/** How a test of the simulation itself breaks a promise on purpose. */
export interface Sabotage {
  /** False: API servers that let an outcome be changed. */
  readonly finalOutcomes?: boolean;
  /** Makes another of the client by which an operator reaches its own API server. */
  readonly tamper?: SimulatedSite['tamper'];
}

/**
 * Three centres with two operators each that claim, vote and count, while processes die and freeze, links are cut, and
 * networks lose and delay; at last one centre stays cut off, and the others still agree.
 */
export function votingScenario({ finalOutcomes = true, tamper = (same) => same }: Sabotage = {}): Scenario {
  return async (world) => {
    for (const centre of CENTRES) {
      deploy(world.server(centre));
      if (finalOutcomes) keepOutcomes(world.server(centre));
    }
    const histories = demandOfBallots(world);
    const agreedIn = (centre: string): number =>
      histories.find((history) => history.centre === centre)?.agreed.length ?? 0;
    const cuts = new Cuts();
    let claimants: readonly string[] = CENTRES;
    const site: SimulatedSite = { cuts, tamper, mayClaim: (centre) => claimants.includes(centre) };
    const processes = CENTRES.flatMap((centre) =>
      ['blue', 'green'].map(
        (name) => new SimulatedProcess(world, `${centre}-${name}`, votingOperator(centre, site)),
      ),
    );
    letThingsGoWrong(world, processes, cuts);
    await world.pass(STORM);

    world.weather = CALM;
    cuts.heal();
    const lost = world.random.pick(CENTRES);
    cuts.isolate(lost, CENTRES);
    const calm = world.random.pick(CENTRES.filter((name) => name !== lost));
    claimants = [calm];
    world.note(`it is calm; ${lost} stays cut off, ${calm} claims`);
    const before = agreedIn(calm);
    await world.pass(SETTLING);
    if (agreedIn(calm) === before)
      world.accuse('a connected majority agrees', `${calm} got no agreement without ${lost}`);
    world.judgeAtRest();
  };
}

/** What is wrong while a world goes on. */
function letThingsGoWrong(world: World, processes: readonly SimulatedProcess[], cuts: Cuts): void {
  const { random } = world;
  const act = (): void => {
    if (world.clock.elapsed() >= STORM) return;
    const process = random.pick(processes);
    const what = random.below(6);
    if (what === 0) process.kill();
    else if (what === 1) process.freeze(random.between(10, 25_000));
    else if (what === 2) cuts.cut(random.pick(CENTRES), random.pick(CENTRES));
    else if (what === 3) cuts.heal();
    else if (what === 4) world.server(random.pick(CENTRES)).log.compact();
    // A watch of a peer that says nothing is noticed after minutes only; nobody waits for that here.
    else world.weather = { ...stormIn(random), watchSilent: 0 };
    world.later(random.between(500, 10_000), act);
  };
  world.later(random.between(500, 10_000), act);
}

/** Has claims and votes looked at after each step in which some have changed, deleted ones too. */
function demandOfBallots(world: World): readonly BallotChanges[] {
  const histories = CENTRES.map((centre) => new BallotChanges(centre, world.server(centre).log));
  let seen = 0;
  const always = (): string | undefined => {
    const changes = histories.reduce((sum, { changes }) => sum + changes, 0);
    if (changes === seen) return undefined;
    seen = changes;
    return findViolation(histories);
  };
  world.demand({ name: 'no two claims are agreed at one epoch', always });
  for (const history of histories)
    world.demand({ name: 'votes and outcomes are final', always: () => history.loss });
  return histories;
}

function deploy(server: MemoryApiServer): void {
  const topology: Pick<Topology, 'apiVersion' | 'kind' | 'metadata' | 'spec'> = {
    apiVersion: API_VERSION,
    kind: topologyKind.kind,
    metadata: { name: TOPOLOGY.metadata.name },
    spec: TOPOLOGY.spec,
  };
  server.apply(resourceTypeOf(topologyKind), topology, 'people');
  server.apply(resourceTypeOf(placementKind), PLACEMENT, 'people');
}

/** The rule of the CRD that the server in memory does not know: the outcome of a claim is final. */
function keepOutcomes(server: MemoryApiServer): void {
  const applyStatus = server.applyStatus.bind(server);
  server.applyStatus = (type, object, manager) => {
    const present = type.kind === claimKind.kind ? server.find(type, object.metadata.name) : undefined;
    const [before, after] = [present, object].map(
      (each) => (each?.status as Claim['status'])?.outcome, // claims have the status of claims
    );
    const call = {
      verb: 'apply-status',
      object: type.kind,
      cluster: server.name,
      confidential: false,
    } as const;
    if (before !== undefined && before !== after) throw refuse(call, 422, 'Invalid');
    return applyStatus(type, object, manager);
  };
}
