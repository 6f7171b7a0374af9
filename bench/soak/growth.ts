import { type Figure, spread } from '../result.ts';

/** What a process had at one moment. */
export interface Sample {
  /** Resident, in MiB. */
  readonly memory: number;
  /** Of JavaScript objects, in MiB. */
  readonly heap: number;
  readonly descriptors: number;
  /** Of its metrics page. */
  readonly series: number;
}

/** What is compared, and how much more there may be in the last third than in the first: a share of that, and so many. */
interface Thing {
  readonly unit: string;
  readonly growth?: { readonly share: number; readonly plus: number };
}

/**
 * Descriptors breathe with calls under way; what grows for ever passes these. A heap may double between two collections, so its
 * thirds are told and not judged: what it keeps for ever shows in the memory.
 */
const THINGS: Readonly<Record<keyof Sample, Thing>> = {
  memory: { unit: 'MiB', growth: { share: 0.1, plus: 10 } },
  heap: { unit: 'MiB' },
  descriptors: { unit: '', growth: { share: 0, plus: 5 } },
  series: { unit: '', growth: { share: 0.02, plus: 20 } },
};

/** Fewer samples in a third tell nothing. */
const LEAST_OF_A_THIRD = 3;

/**
 * Compares the last third of a process's samples with the first: for each thing a figure of each third, of which the last has what
 * the first allows as its budget. A step shows in the middle one, and is no growth without
 * end; whether it may be there is for people to say.
 * @param subject which process, for the names of the figures
 * @throws RangeError for samples that are too few to be compared
 */
export function compareThirds(subject: string, samples: readonly Sample[]): readonly Figure[] {
  const third = Math.floor(samples.length / 3);
  if (third < LEAST_OF_A_THIRD) throw new RangeError(`${subject}: ${samples.length} samples are too few`);
  const [first, middle, last] = [
    samples.slice(0, third),
    samples.slice(third, -third),
    samples.slice(-third),
  ];
  const things = Object.entries(THINGS) as [keyof Sample, Thing][]; // as it is declared
  return things.flatMap(([thing, { unit, growth }]) => {
    const of = (part: readonly Sample[]) => spread(part.map((sample) => sample[thing]));
    const before = of(first);
    const budget = growth && Number((before.median * (1 + growth.share) + growth.plus).toFixed(1));
    return [
      { name: `${subject}: ${thing} in the first third`, unit, value: before },
      { name: '  in the middle third', unit, value: of(middle) },
      {
        name: `  ${thing} in the last third`,
        unit,
        value: of(last),
        ...(budget !== undefined && { budget }),
      },
    ];
  });
}
