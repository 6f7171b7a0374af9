/** Why a watch was begun again. */
export type WatchEnd = 'closed' | 'expired' | 'silent' | 'error';

/** Is told what a reflector goes through, for metrics. It must not throw. */
export interface WatchObserver {
  /** A list was read to its end, or failed on the way. */
  listed(outcome: 'ok' | 'failed'): void;
  /** A watch has ended and is begun again, from where it was or from a new list. */
  ended(reason: WatchEnd): void;
  /** The server was heard of at this wall-clock time, in milliseconds; so many objects are known now. */
  heard(at: number, objects: number): void;
}

/** Takes no notes. */
export const unobserved: WatchObserver = {
  listed: () => undefined,
  ended: () => undefined,
  heard: () => undefined,
};
