import { backoffDelay, type Backoff } from '../backoff.ts';
import { LONGEST_TIMER, type Clock, type Timer } from '../clock.ts';
import type { ObjectKey } from '../objects/api-object.ts';
import { DueHeap } from './due-heap.ts';

/** Waits between failures of one key: soon at first, every five minutes in the end. */
const KEY_BACKOFF: Backoff = { first: 5, most: 300_000 };

/** A key handed to a worker. */
export interface TakenKey {
  readonly key: ObjectKey;
  /** How long it had been due before a worker was free, in milliseconds. */
  readonly waited: number;
}

/** What a queue needs from outside. */
export interface QueueOptions {
  readonly clock: Clock;
  /** From 0 up to 1; default: `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/**
 * Keys that want work, each with the moment from which it wants it. A key is in work at one worker at most; one that is
 * asked for meanwhile is given out once more afterwards. A run answers every wish that was made before it began. Ready and
 * delayed keys are one heap with one timer, so many thousands that wait cost nothing until they are due.
 */
export class WorkQueue {
  readonly #clock: Clock;
  readonly #random: () => number;
  /** Keys that wait. None of them is in work. */
  readonly #waiting = new DueHeap();
  /** Keys in work, with the earliest wish made meanwhile. */
  readonly #inWork = new Map<ObjectKey, number | undefined>();
  readonly #failures = new Map<ObjectKey, number>();
  /** Workers without a key, the longest idle first. */
  readonly #idle: ((taken: TakenKey | undefined) => void)[] = [];
  #timer: Timer | undefined;
  #closed = false;

  constructor({ clock, random = Math.random }: QueueOptions) {
    this.#clock = clock;
    this.#random = random;
  }

  /** Keys that are due and wait for a worker. */
  get depth(): number {
    return this.#waiting.countDue(this.#clock.elapsed());
  }

  /** How long the key that is due longest has waited, in milliseconds; 0 where none is due. */
  get oldestAge(): number {
    return Math.max(0, this.#clock.elapsed() - (this.#waiting.first?.due ?? Infinity));
  }

  /** Wants work on a key now. */
  add(key: ObjectKey): void {
    this.addAfter(key, 0);
  }

  /**
   * Wants work on a key after so many milliseconds. Of several wishes the earliest wins. A wait beyond
   * {@link LONGEST_TIMER} (24.8 days) is cut to it: the run then finds that it is early, and asks again.
   * @throws RangeError for what is no number, which would be neither early nor late
   */
  addAfter(key: ObjectKey, milliseconds: number): void {
    if (Number.isNaN(milliseconds)) throw new RangeError(`cannot wait NaN milliseconds for ${key}`);
    if (this.#closed) return;
    const due = this.#clock.elapsed() + Math.min(Math.max(0, milliseconds), LONGEST_TIMER);
    if (this.#inWork.has(key)) {
      this.#inWork.set(key, Math.min(due, this.#inWork.get(key) ?? Infinity));
      return;
    }
    this.#waiting.put(key, due);
    this.#serve();
  }

  /**
   * Wants work on a key after a failure: the later, the more it had in a row.
   * @param atLeast wait that was asked for, in milliseconds
   */
  addFailed(key: ObjectKey, atLeast = 0): void {
    const failures = this.failuresOf(key) + 1;
    this.#failures.set(key, failures);
    this.addAfter(key, Math.max(atLeast, backoffDelay(KEY_BACKOFF, failures, this.#random)));
  }

  /** Failures of a key in a row. */
  failuresOf(key: ObjectKey): number {
    return this.#failures.get(key) ?? 0;
  }

  /** The key went well, or is gone: its failures count no longer. */
  forget(key: ObjectKey): void {
    this.#failures.delete(key);
  }

  /** The next key that is due, as soon as there is one; undefined once the queue is closed. Then {@link done} is owed. */
  take(): Promise<TakenKey | undefined> {
    if (this.#closed) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.#idle.push(resolve);
      this.#serve();
    });
  }

  /** The worker is through with a key that it had taken. */
  done(key: ObjectKey): void {
    const wish = this.#inWork.get(key);
    if (!this.#inWork.delete(key) || wish === undefined || this.#closed) return;
    this.#waiting.put(key, wish);
    this.#serve();
  }

  /** Gives out nothing more. Whoever waits for a key is let go; wishes are no longer heard. */
  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
    for (const resolve of this.#idle.splice(0)) resolve(undefined);
  }

  /** Hands due keys to idle workers, and sets the one timer for the next key if a worker is left. */
  #serve(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    while (this.#idle.length > 0) {
      const now = this.#clock.elapsed();
      const first = this.#waiting.first;
      if (first === undefined) return;
      if (first.due > now) {
        this.#timer = this.#clock.after(first.due - now, () => {
          this.#serve();
        });
        return;
      }
      this.#waiting.takeFirst();
      this.#inWork.set(first.key, undefined);
      this.#idle.shift()?.({ key: first.key, waited: now - first.due });
    }
  }
}
