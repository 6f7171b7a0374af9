import { describe, expect, it } from 'vitest';
import { seriesOf } from '../../runtime/simulation/simulate.ts';
import { countVotes } from './count-votes.ts';
import { RULES } from './simulation/operator-model.ts';
import { VoteSimulation, type VoteSimulationOptions } from './simulation/vote-simulation.ts';

/** A world takes some two milliseconds. */
const SERIES = seriesOf('operators/topology/votes/votes.simulation.test.ts', 1_000);
const STEPS = 300;

/** Long enough for a machine that does much else. */
const PATIENCE = { timeout: 120_000 };

/** What the first failing seed found, and how to see it again; undefined: no seed failed. */
function firstFailure(
  options: Omit<VoteSimulationOptions, 'seed'>,
  seeds: readonly number[] = SERIES.seeds,
): string | undefined {
  for (const seed of seeds) {
    const simulation = new VoteSimulation({ ...options, seed });
    const failure = simulation.disturb(STEPS) ?? simulation.settle();
    if (failure !== undefined) return `seed ${seed}: ${failure}\nagain: ${SERIES.reproduce(seed)}`;
  }
  return undefined;
}

describe('whatever crashes, is cut off, late, lost or wrong about the time', () => {
  it.each([3, 5])(
    'of %i centres no two claims are agreed at one epoch, and a connected majority agrees',
    PATIENCE,
    (centres) => {
      expect(firstFailure({ centres })).toBeUndefined();
    },
  );

  it.each([3, 5])(
    'of %i centres of which one is not itself any more the others still agree, soon',
    PATIENCE,
    (centres) => {
      expect(firstFailure({ centres, hostile: true }, SERIES.seeds.slice(0, 200))).toBeUndefined();
    },
  );

  it('most runs come to an agreement on the way, some to several, and in some a deleted vote is cast again', () => {
    const runs = Array.from({ length: 100 }, (_, seed) => {
      const simulation = new VoteSimulation({ seed, centres: 3 });
      simulation.disturb(4 * STEPS);
      return simulation;
    });
    expect(runs.filter(({ agreements }) => agreements >= 1).length).toBeGreaterThan(50);
    expect(runs.filter(({ agreements }) => agreements >= 2).length).toBeGreaterThan(10);
    expect(runs.filter(({ repeatedVotes }) => repeatedVotes >= 1).length).toBeGreaterThan(3);
  });
});

describe('the simulation notices', () => {
  it('an API server that takes a second vote', () => {
    expect(firstFailure({ centres: 3, refusesSecond: false })).toMatch(/voted twice/);
  });

  it('a majority that is none', () => {
    const count: typeof countVotes = (claim, records, now) => {
      const tally = countVotes(claim, records, now);
      const granted = tally.answers.some(({ answer }) => answer === 'granted');
      return { ...tally, outcome: granted ? 'Agreed' : tally.outcome };
    };
    expect(firstFailure({ centres: 3, rules: { ...RULES, count } })).toMatch(/agreed/);
  });

  it('that the vote of the highest epoch is deleted too', () => {
    const passedVotes = <V>(_centre: string, votes: readonly V[]): V[] => [...votes];
    expect(firstFailure({ centres: 3, rules: { ...RULES, passedVotes } })).toMatch(/voted twice|agreed/);
  });

  it('votes that are counted though later ones of their centre have been read', () => {
    const count: typeof countVotes = (claim, records, now) => {
      const upTo = records.map((record) => ({
        ...record,
        votes: record.votes.filter(({ spec }) => spec.epoch <= claim.spec.epoch),
      }));
      return countVotes(claim, upTo, now);
    };
    expect(firstFailure({ centres: 3, rules: { ...RULES, count } })).toMatch(/upward votes/);
  });
});
