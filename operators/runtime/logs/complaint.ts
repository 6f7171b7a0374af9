import type { Logger } from './logger.ts';

/**
 * A trouble that is met again and again while something is tried: it is logged when it begins and when it becomes another,
 * not at each try.
 */
export class Complaint {
  readonly #log: Logger;
  #last: string | undefined;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** @param what could not be done, in a few words */
  about(what: string, error: unknown): void {
    const text = `${what}: ${String(error)}`;
    if (text === this.#last) return;
    this.#last = text;
    this.#log.warn(what, { error });
  }

  /** It went well: the same trouble would be news again. */
  settle(): void {
    if (this.#last !== undefined) this.#log.info('it works again');
    this.#last = undefined;
  }
}
