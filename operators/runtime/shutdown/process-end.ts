import type { EventEmitter } from 'node:events';
import type { Logger } from '../logs/logger.ts';
import { EXIT } from './exit-code.ts';

/** What of `process` is needed; a test gives another. */
export interface ProcessLike extends Pick<EventEmitter, 'on'> {
  exit(code: number): void;
}

/** Signals that ask for an end, with the code of an exit that did not wait for it, as shells count. */
const SIGNALS = { SIGTERM: 143, SIGINT: 130 } as const;

/**
 * Listens to what ends a process. The first SIGTERM or SIGINT aborts the signal returned, and whoever works ends in order; a
 * second exits at once. What nobody caught is logged once, and exits at once: a process in an unknown state must not write.
 * @param flush writes out what the log still holds
 */
export function watchProcessEnd(process: ProcessLike, log: Logger, flush: () => void): AbortSignal {
  const stop = new AbortController();
  const exit = (code: number): void => {
    flush();
    process.exit(code);
  };
  for (const [name, code] of Object.entries(SIGNALS)) {
    process.on(name, () => {
      if (stop.signal.aborted) {
        log.warn(`${name} again: exiting without waiting for an orderly end`);
        exit(code);
        return;
      }
      log.info(`${name}: ending in order; a second signal ends at once`);
      stop.abort(new Error(name));
    });
  }
  let defect = false;
  const die = (how: string) => (error: unknown) => {
    // Whatever the first one broke may break more on its way out; the first is the one to read.
    if (defect) return;
    defect = true;
    log.error(
      `${how}: this is a defect of the operator. It ends and is started anew; please report this line.`,
      {
        error,
      },
    );
    exit(EXIT.defect);
  };
  process.on('uncaughtException', die('an error that nothing caught'));
  process.on('unhandledRejection', die('a rejection that nothing handled'));
  return stop.signal;
}
