import type { Verb } from '../../errors/api-error.ts';

/** What goes wrong with coming requests. */
export interface Fault {
  /** Default: any verb. */
  readonly verb?: Verb;
  /** How many requests it meets. Default: 1. */
  readonly times?: number;
  /**
   * A number is the HTTP status of a refusal. `break`: the connection is closed without an answer. `silence`: there is never
   * an answer. A promise: the true answer comes when it resolves. A body is answered as it stands.
   */
  readonly with: number | 'break' | 'silence' | Promise<void> | { readonly body: string };
  /** The server's word for a refusal: `Expired`. */
  readonly reason?: string;
  readonly message?: string;
  /** Header `Retry-After`, in seconds. */
  readonly retryAfter?: number;
}

/** Faults that are still to happen, in the order they were ordered. */
export class Faults {
  readonly #left: { readonly fault: Fault; times: number }[] = [];

  /** @returns what ends the fault before its times are up */
  order(fault: Fault): () => void {
    const entry = { fault, times: fault.times ?? 1 };
    this.#left.push(entry);
    return () => {
      entry.times = 0;
    };
  }

  /** The fault that a request meets, which has thereby happened once more. */
  meet(verb: Verb): Fault | undefined {
    const entry = this.#left.find(
      ({ fault, times }) => times > 0 && (fault.verb === undefined || fault.verb === verb),
    );
    if (entry !== undefined) entry.times -= 1;
    return entry?.fault;
  }
}
