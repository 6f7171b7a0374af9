import { BrokenInvariant, World } from './world.ts';

/** Fills a world with processes, people, mishaps and invariants, and lets time pass in it. */
export type Scenario = (world: World) => Promise<void>;

/** Makes the world of a seed and lets a scenario happen in it. @returns it, and what was broken in it */
export async function simulate(
  seed: number,
  scenario: Scenario,
): Promise<{ readonly world: World; readonly broken: BrokenInvariant | undefined }> {
  const world = new World(seed);
  try {
    await scenario(world);
    return { world, broken: undefined };
  } catch (error) {
    if (!(error instanceof BrokenInvariant)) throw error;
    return { world, broken: error };
  }
}

/** Which worlds are made, and how one is made again. */
export interface Series {
  readonly seeds: readonly number[];
  /** The command that makes the world of one seed again, for people. */
  readonly reproduce: (seed: number) => string;
}

/** How much is told of a world that failed where many were tried: the last things that happened. */
const TOLD = 60;

/**
 * Tries worlds until one breaks an invariant.
 * @returns what happened in it and how to see it again (all of it, where it is the only one tried); undefined: none did
 */
export async function findFailure(
  scenario: Scenario,
  { seeds, reproduce }: Series,
): Promise<string | undefined> {
  // Thousands of errors are made in a storm, and nobody looks at their stacks.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    for (const seed of seeds) {
      const { world, broken } = await simulate(seed, scenario);
      if (broken === undefined) continue;
      const told = seeds.length === 1 ? world.trace : world.trace.slice(-TOLD);
      return [...told, `seed ${seed}: ${broken.message}`, `again: ${reproduce(seed)}`].join('\n');
    }
    return undefined;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/**
 * The series of a test file: so many seeds, or those that `ZAIBEI_SIMULATE` names, as `25` or `1-50000`.
 * @param path of the test file, from the root of the project
 */
export function seriesOf(path: string, count: number): Series {
  const [first = 1, last = first] = (process.env['ZAIBEI_SIMULATE'] ?? `1-${count}`).split('-').map(Number);
  return {
    seeds: Array.from({ length: last - first + 1 }, (_, index) => first + index),
    reproduce: (seed) => `ZAIBEI_SIMULATE=${seed} npx vitest run --project unit ${path}`,
  };
}
