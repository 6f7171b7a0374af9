import type { Clock } from '../clock.ts';
import type { Logger } from './logger.ts';

/**
 * A log for several who meet the same trouble, such as watches of one API server: of their messages it says each once in an
 * interval, whoever has it, and the others at `debug`. Errors are defects, and said each.
 * @param interval in milliseconds
 */
export function sparseLogger(log: Logger, clock: Pick<Clock, 'elapsed'>, interval: number): Logger {
  const said = new Map<string, number>();
  const isNews = (message: string): boolean => {
    const now = clock.elapsed();
    if (now - (said.get(message) ?? -Infinity) < interval) return false;
    said.set(message, now);
    return true;
  };
  const over = (inner: Logger): Logger => {
    return {
      debug: (...line) => {
        inner.debug(...line);
      },
      info: (message, fields) => {
        inner[isNews(message) ? 'info' : 'debug'](message, fields);
      },
      warn: (message, fields) => {
        inner[isNews(message) ? 'warn' : 'debug'](message, fields);
      },
      error: (...line) => {
        inner.error(...line);
      },
      child: (fields) => over(inner.child(fields)),
    };
  };
  return over(log);
}
