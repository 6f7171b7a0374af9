import type { EventEmitter } from 'node:events';
import type { JsonLog } from '../runtime/index.ts';

/**
 * Switches the log to `debug` and back at each SIGUSR2. A signal, not an HTTP endpoint: it opens no port, needs no
 * authentication of its own (whoever may exec into the pod may send it), and works when nothing else does:
 * `kubectl -n zaibei-system exec <pod> -- node -e 'process.kill(1, "SIGUSR2")'`.
 */
export function switchLevelOnSignal(process: Pick<EventEmitter, 'on'>, log: JsonLog): void {
  const configured = log.level;
  process.on('SIGUSR2', () => {
    const level = log.level === 'debug' ? configured : 'debug';
    // Said at a level that is seen before and after.
    log.logger.warn(`SIGUSR2: logging at ${level} from now on`);
    log.level = level;
  });
}
