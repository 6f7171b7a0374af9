import { describe, expect, it } from 'vitest';
import type { ApiClient } from '../client/api-client.ts';
import { fencedClient } from '../leadership/fenced-client.ts';
import { findFailure, seriesOf, simulate } from './simulate.ts';
import type { Program } from './simulated-process.ts';
import { wishScenario, type Sabotage } from './wishes/wish-scenario.ts';

const SERIES = seriesOf('operators/runtime/simulation/simulation.test.ts', 2000);

/** Worlds that are tried until a promise broken on purpose is noticed. */
const FEW = 200;

/** Long enough for a machine that does much else: a world takes some 10 ms. */
const PATIENCE = 60_000 + 100 * SERIES.seeds.length;

/** An operator whose calls are not what they seem. */
const tampered =
  (change: (client: ApiClient, random: () => number) => Partial<ApiClient>) =>
  (operator: Program): Program =>
  (host) => {
    const reach = (centre: string): ApiClient => {
      const client = host.reach(centre);
      // A plain object of all calls, to put others in their place.
      return { ...fencedClient(client, () => true, host.clock), ...change(client, host.random) };
    };
    return operator({ ...host, reach });
  };

/** A status is written over whatever stands there, read or not. */
const writeOverAnything = tampered((client) => ({
  applyStatus: (type, object, options) => {
    const metadata = { ...object.metadata, resourceVersion: undefined };
    return client.applyStatus(type, { ...object, metadata }, options);
  },
}));

/** Promises broken on purpose, each with the invariant that has to notice. */
const SABOTAGES: Readonly<Record<string, Sabotage>> = {
  'a status is never ahead of the world': {
    program: tampered((client) => ({
      // It is said to be done, and is not.
      apply: (type, object, options) =>
        type.kind === 'ConfigMap' ? Promise.resolve(object as never) : client.apply(type, object, options),
    })),
  },
  'no write after the lease is lost': {
    program: tampered((client) => ({
      // Whoever writes itself into the lease believes that it has it.
      replace: (type, object, options) =>
        type.kind === 'Lease' ? Promise.resolve(object) : client.replace(type, object, options),
    })),
  },
  'no key on two workers': {
    // Two controllers in one process, as somebody who registers a module twice would have.
    program: (operator) => async (host) => {
      await Promise.all([operator(host), operator(host)]);
    },
  },
  'no key is lost': {
    program: tampered((client, random) => ({
      async *watch(...call) {
        for await (const event of client.watch(...call)) if (random() > 0.3) yield event;
      },
    })),
  },
  'a condition keeps its time while its status stays': { program: writeOverAnything },
  'a status never becomes older': { program: writeOverAnything },
  // Somebody has not come to rest.
  'what is at rest writes nothing': { people: 98_000 },
};

describe('the runtime', () => {
  it('keeps its promises whatever happens', { timeout: PATIENCE }, async () => {
    expect(await findFailure(wishScenario(), SERIES)).toBeUndefined();
  });
});

describe('the simulation', () => {
  it('makes the same world of the same seed, and another of another', async () => {
    const traces = await Promise.all([7, 7, 8].map((seed) => simulate(seed, wishScenario())));
    const [one, same, other] = traces.map(({ world }) => world.trace);
    expect(one?.length).toBeGreaterThan(20);
    expect(same).toEqual(one);
    expect(other).not.toEqual(one);
  });

  it.each(Object.entries(SABOTAGES))(
    'notices when it is not true that %s',
    { timeout: PATIENCE },
    async (name, sabotage) => {
      const noticed = async (seed: number): Promise<boolean> => {
        const { broken } = await simulate(seed, wishScenario(sabotage));
        return broken?.message.startsWith(`${name}: `) === true;
      };
      let seed = 1;
      while (seed < FEW && !(await noticed(seed))) seed += 1;
      expect(seed).toBeLessThan(FEW);
    },
  );

  it('tells what happened, what was broken, and the command that shows it again', async () => {
    const seeds = Array.from({ length: FEW }, (_, index) => index + 1);
    const failure = await findFailure(wishScenario({ people: 98_000 }), { ...SERIES, seeds });
    expect(failure).toMatch(/^ +\d+\.\d{3} s {2}(blue|green)\.\d+ apply ConfigMap tenant\//m);
    expect(failure).toMatch(/^seed \d+: what is at rest writes nothing: /m);
    expect(failure).toMatch(/^again: ZAIBEI_SIMULATE=\d+ npx vitest run --project unit operators\//m);
  });
});
