import type { Clock } from './clock.ts';

/**
 * Resolves after that many milliseconds, or as soon as the signal is aborted; never rejects.
 * @returns whether to go on: false when the signal was aborted
 */
export function pause(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve(false);
      return;
    }
    const end = (): void => {
      timer.cancel();
      signal.removeEventListener('abort', end);
      resolve(!signal.aborted);
    };
    const timer = clock.after(milliseconds, end);
    signal.addEventListener('abort', end);
  });
}

/** Resolves when the signal is aborted; never rejects. */
export function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
}
