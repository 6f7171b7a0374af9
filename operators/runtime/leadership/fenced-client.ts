import type { ApiClient } from '../client/api-client.ts';
import { OperatorError } from '../errors/retry.ts';

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
 * A client that reads always and writes only while this process leads, which is judged at the moment of each write: aborting
 * the leader's work takes a turn of the event loop, and after a long block a write might come before that turn.
 */
export function fencedClient(client: ApiClient, leading: () => boolean): ApiClient {
  const asLeader = async <T>(write: () => Promise<T>): Promise<T> => {
    if (!leading()) throw new NotLeadingError();
    return write();
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
  };
}
