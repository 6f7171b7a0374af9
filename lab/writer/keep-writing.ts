import { setTimeout as pause } from 'node:timers/promises';

/** What every writer has around it. */
export interface WriterSurroundings {
  /** Tells what went wrong, in the writer's log. */
  readonly say: (what: string) => void;
  /** Ends the writer. */
  readonly signal: AbortSignal;
}

/** Milliseconds between two attempts, at first and at most. */
const BACK_OFF = { first: 250, most: 5_000 };

/**
 * Writes again and again until the signal; after each failure it waits longer, until something has worked.
 * @param write calls what it is given whenever something was acknowledged
 */
export async function keepWriting(
  { say, signal }: WriterSurroundings,
  write: (worked: () => void) => Promise<void>,
): Promise<void> {
  let delay = BACK_OFF.first;
  while (!signal.aborted) {
    try {
      await write(() => (delay = BACK_OFF.first));
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
    await pause(delay, undefined, { signal }).catch(() => undefined);
    delay = Math.min(delay * 2, BACK_OFF.most);
  }
}
