import { ApiError, CredentialsError, type ApiClient, type Clock } from '../../runtime/index.ts';
import { offsetOf } from './clock-offset.ts';
import type { Probe, ProbeFailure } from './probe.ts';

/** Longest that a probe waits for its answer, in milliseconds. */
const PROBE_DEADLINE = 5_000;

/** What is asked for: an answer from memory that needs valid credentials, and tells nothing that matters. */
const PROBE_PATH = '/version';

/** Asks a peer for a sign of life. It never throws. */
export async function probePeer(client: ApiClient, clock: Clock, signal: AbortSignal): Promise<Probe> {
  const [sentAt, begun] = [clock.now(), clock.elapsed()];
  try {
    const { date } = await client.read(PROBE_PATH, { signal, deadline: PROBE_DEADLINE });
    const at = clock.elapsed();
    return { at, answered: true, roundTrip: at - begun, offset: offsetOf(sentAt, at - begun, date) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { at: clock.elapsed(), answered: false, failure: failureOf(error), message };
  }
}

function failureOf(error: unknown): ProbeFailure {
  if (error instanceof CredentialsError) return 'CredentialsMissing';
  const status = error instanceof ApiError ? error.status : undefined;
  if (status === 401 || status === 403) return 'CredentialsRefused';
  return status === undefined ? 'NoAnswer' : 'Failing';
}
