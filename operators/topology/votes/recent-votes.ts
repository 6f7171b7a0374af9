import { TURN } from './choose-claim.ts';

/** When this operator last voted on each subject, as long as it matters. An operator that has just begun knows nothing of it. */
export class RecentVotes {
  /** In the order of their time. Moments are milliseconds by `Clock.elapsed`. */
  readonly #at = new Map<string, number>();

  note(subject: string, now: number): void {
    this.#at.delete(subject);
    this.#at.set(subject, now);
    for (const [old, at] of this.#at) {
      if (now - at < TURN) break;
      this.#at.delete(old);
    }
  }

  /** How long ago that was, in milliseconds; Infinity where it was long ago. */
  since(subject: string, now: number): number {
    return now - (this.#at.get(subject) ?? -Infinity);
  }
}
