import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { mayReach, mayReachAcross, type Verdict } from '../../operators/api/network/index.ts';
import { renderRuleset } from './ruleset.ts';
import { generatedCentres, type GeneratedCentre, type PlacedEndpoint } from './testing/generated-centre.ts';
import { ANSWERING, PacketWorld, type Attempt } from './testing/packet-world.ts';

/** A connection to try, and what the evaluator says about it. */
interface JudgedAttempt extends Attempt {
  readonly description: string;
  readonly verdict: Verdict;
}

const POLICY_SETS = 40;
const SEED = 20_230_829;

let world: PacketWorld;
beforeAll(async () => {
  world = await PacketWorld.create();
}, 60_000);
afterAll(async () => {
  await world.close();
});

/** Every connection between two ends of the centres, on every port that they answer on. */
function judgedAttempts(centres: readonly GeneratedCentre[]): JudgedAttempt[] {
  const ends = centres.flatMap((centre) => centre.endpoints.map((end) => ({ ...end, centre })));
  const ports = [
    ...ANSWERING.tcp.map((port) => ({ protocol: 'TCP' as const, port })),
    ...ANSWERING.udp.map((port) => ({ protocol: 'UDP' as const, port })),
  ];
  return ends.flatMap((source) =>
    ends.flatMap((destination) =>
      ports.map(({ protocol, port }) => ({
        from: source.space,
        protocol,
        address: destination.endpoint.address,
        port,
        description: `${describeEnd(source)} -> ${describeEnd(destination)} ${protocol}/${port}`,
        verdict:
          source.centre === destination.centre
            ? mayReach(source.centre.cluster, source.endpoint, destination.endpoint, { protocol, port })
            : mayReachAcross(
                { cluster: source.centre.cluster, endpoint: source.endpoint },
                { cluster: destination.centre.cluster, endpoint: destination.endpoint },
                { protocol, port },
              ),
      })),
    ),
  );
}

function describeEnd({ endpoint }: PlacedEndpoint): string {
  return endpoint.kind === 'pod'
    ? `${endpoint.namespace}/${endpoint.name} (${endpoint.address})`
    : endpoint.address;
}

async function load({ node, podNetwork, pods, cluster }: GeneratedCentre): Promise<void> {
  await node.run('nft', ['-f', '-'], renderRuleset({ podNetwork, pods, cluster }));
}

describe('real packets do what the evaluator says', () => {
  const seen = { allowed: 0, denied: 0 };

  test.each(Array.from({ length: POLICY_SETS }, (_, index) => index))(
    'with generated policies %i',
    async (index) => {
      const [centres = []] = fc.sample(generatedCentres(world), { seed: SEED + index, numRuns: 1 });
      await Promise.all(centres.map(load));
      const attempts = judgedAttempts(centres);
      const answered = await world.tryAll(attempts, ({ verdict }) => verdict.allowed);
      const wrong = attempts
        .filter((attempt) => answered.has(attempt) !== attempt.verdict.allowed)
        .map(({ description, verdict }) => ({
          description,
          verdict,
          policies: centres.map(({ policies }) => policies),
        }));
      expect(wrong).toEqual([]);
      seen.allowed += answered.size;
      seen.denied += attempts.length - answered.size;
    },
  );

  test('and the generated policies were neither all open nor all shut', () => {
    const share = seen.allowed / (seen.allowed + seen.denied);
    expect(share).toBeGreaterThan(0.3);
    expect(share).toBeLessThan(0.8);
  });
});
