import type { Claim, Vote } from '../../api/index.ts';
import type { ApiClient, Live, Reader, ResourceType, Step } from '../../runtime/index.ts';
import { onSubject } from '../votes/ballot-types.ts';

/** Of what a history is kept, and how. */
export interface History<R extends Claim | Vote> {
  readonly client: ApiClient;
  readonly type: ResourceType<Live<R>>;
  /** Of this centre's own API, which is the only one that anything is ever deleted from. */
  readonly reader: Reader<Live<R>>;
  /** Which of those on one subject may go. */
  readonly passed: (onSubject: readonly Live<R>[]) => readonly Live<R>[];
}

/** Deletes what has passed of the subject of a claim or a vote. What happened stands in the journal. */
export function keepHistory<R extends Claim | Vote>({ client, type, reader, passed }: History<R>): Step<R> {
  return async ({ spec, signal, log }) => {
    for (const old of passed(onSubject(reader, spec.subject))) {
      await client.delete(type, old, { signal });
      log.debug('deleted what has passed', { subject: spec.subject, epoch: old.spec.epoch });
    }
  };
}
