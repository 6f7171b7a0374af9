import {
  Complaint,
  endInOrder,
  EXIT,
  whenAborted,
  type ExitCode,
  type Leadership,
} from '../runtime/index.ts';
import type { Assembly, OperatorParts } from './assembly.ts';
import { carryOn } from './carry-on.ts';
import { confirmCentre } from './confirm-centre.ts';
import { recordLeader } from './record-leader.ts';

/** Longest that work may take to end once it is told to, in milliseconds: well below the grace period of a pod, 30 s. */
const WORK_ENDS_WITHIN = 10_000;
const LANDING_WITHIN = 6_000;
const RELEASE_WITHIN = 5_000;

/**
 * The life of one replica of a centre's operator: it makes sure that it is where it should be, reads until it knows what is
 * there, waits until it leads, and works. All replicas keep what they read warm; only the leader writes.
 * @returns with which code the process ends: it was told to stop, or does not lead any more
 * @throws StartError where it cannot work here at all; anything else is a defect
 */
export async function runOperator(
  { candidate, readers, journal, fenced, inTheLeader }: Assembly,
  { identity, clock, log, random, client }: Omit<OperatorParts, 'makeModules' | 'openJournal'>,
  stop: AbortSignal,
): Promise<ExitCode> {
  if (!(await confirmCentre(identity.centre, { client, clock, log, random }, stop))) return EXIT.stopped;
  const reading = { name: 'readers', run: (signal: AbortSignal) => readers.run(signal) };
  const standby = carryOn([reading], stop);

  const lead = async (leadership: Leadership): Promise<void> => {
    // Statuses tell of the journal's head, so it is there before the first controller; the others work without it too.
    await journal.open().catch((error: unknown) => {
      new Complaint(log).about('the journal cannot be opened; what must be recorded waits for it', error);
    });
    const recording = {
      name: 'record-leader',
      run: (signal: AbortSignal) => recordLeader(leadership.lease, { journal, identity, clock, log }, signal),
    };
    await carryOn([...inTheLeader, recording], AbortSignal.any([stop, leadership.signal]));
  };

  await Promise.race([standby, readers.untilSynced(stop)]);
  log.info('everything is read; waiting to lead');
  const leadership = await Promise.race([standby.then(() => undefined), candidate.stand(stop)]);
  const leading = leadership && lead(leadership);
  if (leadership !== undefined) {
    await Promise.race([standby, leading, whenAborted(stop), whenAborted(leadership.signal)]);
    if (leadership.signal.aborted && !stop.aborted) {
      log.error('ending, because this process does not lead any more', { error: leadership.signal.reason });
      return EXIT.leadershipLost;
    }
  }
  const endWork = async (): Promise<void> => {
    await Promise.all([leading, standby]);
  };
  const landed = (): Promise<void> => fenced.untilLanded(new AbortController().signal);
  await endInOrder(
    [
      { name: 'end work', within: WORK_ENDS_WITHIN, run: endWork },
      { name: 'wait for writes that are under way', within: LANDING_WITHIN, run: landed },
      { name: 'give the lease back', within: RELEASE_WITHIN, run: () => leadership?.release() },
    ],
    { clock, log },
  );
  return EXIT.stopped;
}
