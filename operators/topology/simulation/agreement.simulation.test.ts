import { describe, expect, it } from 'vitest';
import { systemClock, type ApiClient } from '../../runtime/index.ts';
import { fencedClient } from '../../runtime/leadership/fenced-client.ts';
import { findFailure, seriesOf } from '../../runtime/simulation/simulate.ts';
import { votingScenario, type Sabotage } from './voting-scenario.ts';

/** A world of six operators takes about a second. `votes/votes.simulation.test.ts` tries the rules alone, and many more. */
const SERIES = seriesOf('operators/topology/simulation/agreement.simulation.test.ts', 6);

/** Worlds that are tried until a promise broken on purpose is noticed. */
const FEW = { ...SERIES, seeds: [1, 2, 3, 4, 5] };

/** Long enough for a machine that does much else. */
const PATIENCE = { timeout: 240_000 };

/** A client some of whose calls are others. */
function tampered(client: ApiClient, calls: Partial<ApiClient>): ApiClient {
  return { ...fencedClient(client, () => true, systemClock), ...calls };
}

/** Promises broken on purpose, each with the words by which it has to be noticed. */
const SABOTAGES: readonly (readonly [noticed: RegExp, why: string, sabotage: Sabotage])[] = [
  [
    /voted twice/,
    'votes have names of their own',
    {
      tamper: (client, random) =>
        tampered(client, {
          create: (type, object, options) => {
            const name = `${object.metadata.name}-${Math.floor(random() * 1e6)}`;
            const renamed = type.kind === 'Vote' ? { ...object, metadata: { name } } : object;
            return client.create(type, renamed, options);
          },
        }),
    },
  ],
  [
    /outcomes are final/,
    'neither the API server nor the operator minds an outcome, or a version, that is there',
    {
      finalOutcomes: false,
      tamper: (client) =>
        tampered(client, {
          find: async (type, key, options) => {
            const found = await client.find(type, key, options);
            return type.kind === 'Claim' && found !== undefined ? { ...found, status: undefined } : found;
          },
          applyStatus: (type, object, options) => {
            const metadata = { ...object.metadata, resourceVersion: undefined };
            return client.applyStatus(type, { ...object, metadata }, options);
          },
        }),
    },
  ],
  [
    /a connected majority agrees/,
    'nobody hears of claims',
    {
      tamper: (client) =>
        tampered(client, {
          create: (type, object, options) =>
            type.kind === 'Vote' ? Promise.resolve(object as never) : client.create(type, object, options),
        }),
    },
  ],
];

describe('operators of three centres', () => {
  it(
    'never agree on two claims at one epoch, and agree while a majority is connected',
    PATIENCE,
    async () => {
      expect(await findFailure(votingScenario(), SERIES)).toBeUndefined();
    },
  );
});

describe('the simulation notices', () => {
  it.each(SABOTAGES)('%s when %s', PATIENCE, async (noticed, _why, sabotage) => {
    expect(await findFailure(votingScenario(sabotage), FEW)).toMatch(noticed);
  });
});
