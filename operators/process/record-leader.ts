import { referenceTo, type Journal } from '../evidence/index.ts';
import {
  Complaint,
  pause,
  whenAborted,
  type Clock,
  type Identity,
  type Lease,
  type Logger,
} from '../runtime/index.ts';

/** Waits between tries, in milliseconds. */
const RETRY = 30_000;

/** Who records, and where. */
export interface LeaderRecording {
  readonly journal: Journal;
  readonly identity: Identity;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Writes into the journal that this process leads, once for each term: the transitions of its lease only grow. It tries until
 * it is written, and returns when the term is over.
 */
export async function recordLeader(
  lease: Lease,
  { journal, identity, clock, log }: LeaderRecording,
  signal: AbortSignal,
): Promise<void> {
  const generation = lease.spec?.leaseTransitions ?? 0;
  const object = { ...referenceTo(lease), generation };
  const complaint = new Complaint(log);
  while (!signal.aborted) {
    try {
      // There already: the append before had succeeded without our being told.
      if (journal.lastOf('leader-change', object.uid)?.object?.generation !== generation)
        await journal.append({
          kind: 'leader-change',
          actor: `pod/${identity.pod}`,
          object,
          body: { leader: identity.pod },
        });
      break;
    } catch (error) {
      complaint.about('cannot record in the journal who leads', error);
      await pause(clock, RETRY, signal);
    }
  }
  await whenAborted(signal);
}
