import type { WatchObserver } from '../../runtime/index.ts';

/** The kinds of a peer of which the last list failed: what is known of them is old, or nothing. */
export class UnreadKinds {
  readonly #kinds = new Set<string>();

  /** In the order of their names. */
  get names(): readonly string[] {
    return [...this.#kinds].sort();
  }

  /** An observer that takes note of how lists of a kind end, and passes everything on. */
  observe(kind: string, observer: WatchObserver): WatchObserver {
    return {
      ...observer,
      listed: (outcome) => {
        observer.listed(outcome);
        if (outcome === 'ok') this.#kinds.delete(kind);
        else this.#kinds.add(kind);
      },
    };
  }
}
