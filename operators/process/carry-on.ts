import type { BackgroundWork } from '../runtime/index.ts';

/**
 * Carries on work until the signal is aborted; resolves when all of it has ended. Work that ends before it was told to is a
 * defect: nobody would notice that it is missing.
 * @throws Error as soon as the first does, whatever the others do
 */
export async function carryOn(works: readonly BackgroundWork[], signal: AbortSignal): Promise<void> {
  await Promise.all(
    works.map(async (work) => {
      await work.run(signal);
      if (!signal.aborted) throw new Error(`${work.name} has ended by itself`);
    }),
  );
}
