import type { Clock } from '../clock.ts';
import type { Logger } from '../logs/logger.ts';

/** One step of an orderly end. */
export interface EndingStep {
  /** What it does, for the log: `waits for the controllers`. */
  readonly name: string;
  /** Longest that it may take, in milliseconds; then the next step begins all the same. */
  readonly within: number;
  readonly run: () => Promise<void> | void;
}

/**
 * Ends in order: each step after the one before has ended, failed, or used up its time, so that one that hangs costs its own
 * time and no more.
 * @returns whether every step ended well
 */
export async function endInOrder(
  steps: readonly EndingStep[],
  { clock, log }: { readonly clock: Clock; readonly log: Logger },
): Promise<boolean> {
  let well = true;
  for (const { name, within, run } of steps) {
    const begun = clock.elapsed();
    const result = await Promise.race([attempt(run), timeUp(clock, within)]);
    const fields = { step: name, milliseconds: Math.round(clock.elapsed() - begun) };
    if (result === 'ended') log.debug('shutdown: step ended', fields);
    else if (result === 'time is up') log.warn('shutdown: step did not end in its time and is left', fields);
    else log.warn('shutdown: step failed', { ...fields, error: result.error });
    well &&= result === 'ended';
  }
  return well;
}

async function attempt(run: EndingStep['run']): Promise<'ended' | { readonly error: unknown }> {
  try {
    await run();
    return 'ended';
  } catch (error) {
    return { error };
  }
}

function timeUp(clock: Clock, within: number): Promise<'time is up'> {
  return new Promise((resolve) => {
    clock.after(within, () => {
      resolve('time is up');
    });
  });
}
