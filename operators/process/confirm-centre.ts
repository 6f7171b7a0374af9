import { topologyKind } from '../api/index.ts';
import { API_BACKOFF, backoffDelay } from '../runtime/backoff.ts';
import {
  Complaint,
  CredentialsError,
  failedAs,
  pause,
  resourceTypeOf,
  type ApiClient,
  type Clock,
  type Logger,
} from '../runtime/index.ts';
import { NotAdmittedError, UnknownCentreError, UnusableCredentialsError } from './start-error.ts';

/** How long an API server that has just started may refuse whom it should admit, in milliseconds: it loads its rules first. */
const ADMISSION_GRACE = 30_000;

/** What is needed to ask. */
export interface Asking {
  readonly client: ApiClient;
  readonly clock: Clock;
  readonly log: Logger;
  /** From 0 up to 1. */
  readonly random: () => number;
}

/**
 * Makes sure that the topology of this cluster has the centre that this operator is to run in. Waits for an API server that
 * is not there yet, and for a topology that is not deployed yet, however long: ending would not bring them.
 * @returns false when the signal was aborted before it was known
 * @throws StartError where waiting does not help
 */
export async function confirmCentre(
  centre: string,
  { client, clock, log, random }: Asking,
  signal: AbortSignal,
): Promise<boolean> {
  const complaint = new Complaint(log);
  let refusedSince: number | undefined;
  for (let failures = 1; !signal.aborted; failures += 1) {
    try {
      const { known, unread } = await readCentres(client, signal);
      if (known.includes(centre)) return true;
      if (known.length > 0) throw new UnknownCentreError(centre, known);
      complaint.about(
        'waiting for a Topology in this cluster',
        unread === 0 ? 'there is none' : 'this program does not understand the one that is there',
      );
      refusedSince = undefined;
    } catch (error) {
      if (error instanceof UnknownCentreError) throw error;
      if (error instanceof CredentialsError) throw new UnusableCredentialsError(error);
      if (failedAs(error, 'Aborted')) continue;
      refusedSince = isRefusal(error) ? (refusedSince ?? clock.elapsed()) : undefined;
      if (refusedSince !== undefined && clock.elapsed() - refusedSince >= ADMISSION_GRACE)
        throw new NotAdmittedError(error instanceof Error ? error : new Error(String(error)));
      complaint.about('cannot read the topology of this cluster; trying until it can be read', error);
    }
    await pause(clock, backoffDelay(API_BACKOFF, failures, random), signal);
  }
  return false;
}

/** Names of the centres of every topology, and how many topologies are written for another version of this program. */
async function readCentres(
  client: ApiClient,
  signal: AbortSignal,
): Promise<{ readonly known: readonly string[]; readonly unread: number }> {
  const { items } = await client.listPage(resourceTypeOf(topologyKind), { limit: 500 }, { signal });
  const parsed = items.flatMap(({ spec }) => topologyKind.spec.safeParse(spec).data ?? []);
  const known = parsed.flatMap(({ centres }) => centres.map(({ name }) => name));
  return { known, unread: items.length - parsed.length };
}

function isRefusal(error: unknown): boolean {
  return failedAs(error, 'Unauthorized') || failedAs(error, 'Forbidden');
}
