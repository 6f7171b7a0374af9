import type { ApiClient } from '../client/api-client.ts';
import type { Clock } from '../clock.ts';
import { ApiError } from '../errors/api-error.ts';
import { OperatorError } from '../errors/retry.ts';
import { pause } from '../pause.ts';
import { DEFAULT_TIMING } from './lease.ts';

/** Something would have been written by a process that does not lead. Nothing was sent. */
export class NotLeadingError extends OperatorError {
  static readonly code = 'ZB-RUN-002';

  constructor() {
    super(
      NotLeadingError.code,
      'not written, because this process does not lead: only the leader of a centre writes. Nothing is to be done; the leader does it.',
      { kind: 'backoff' },
    );
  }
}

/**
 * Longest that a write may still be under way after its caller gave it up, in milliseconds. Election counts on no more
 * either: it is what lies between a leader that no longer believes and another that may begin.
 */
const LANDS_WITHIN = DEFAULT_TIMING.lease - DEFAULT_TIMING.renew;

/** A client that writes only as leader, and knows when its last write can change nothing any more. */
export interface FencedClient extends ApiClient {
  /**
   * Resolves when no write can arrive any more that was sent and given up without an answer: the lease is not given back
   * before, or such a write would land in the next leader's term. To be called when all who write have ended.
   */
  untilLanded(signal: AbortSignal): Promise<void>;
}

/**
 * A client that reads always and writes only while this process leads, which is judged at the moment of each write: aborting
 * the leader's work takes a turn of the event loop, and after a long block a write might come before that turn.
 */
export function fencedClient(client: ApiClient, leading: () => boolean, clock: Clock): FencedClient {
  let givenUp = -Infinity;
  const asLeader = async <T>(write: () => Promise<T>): Promise<T> => {
    if (!leading()) throw new NotLeadingError();
    try {
      return await write();
    } catch (error) {
      const isAnswered = error instanceof ApiError && error.status !== undefined;
      if (!isAnswered) givenUp = clock.elapsed();
      throw error;
    }
  };
  return {
    find: (...call) => client.find(...call),
    listPage: (...call) => client.listPage(...call),
    watch: (...call) => client.watch(...call),
    read: (...call) => client.read(...call),
    create: (...call) => asLeader(() => client.create(...call)),
    apply: (...call) => asLeader(() => client.apply(...call)),
    applyStatus: (...call) => asLeader(() => client.applyStatus(...call)),
    replace: (...call) => asLeader(() => client.replace(...call)),
    delete: (...call) => asLeader(() => client.delete(...call)),
    untilLanded: async (signal) => {
      const left = givenUp + LANDS_WITHIN - clock.elapsed();
      if (left > 0) await pause(clock, left, signal);
    },
  };
}
