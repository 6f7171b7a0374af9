import type { ClockOffset } from './clock-offset.ts';

/** Time between two probes of a peer, in milliseconds. */
export const PROBE_INTERVAL = 10_000;

/** How many of the last probes are looked at: two minutes. */
export const RECENT_PROBES = 12;

/**
 * Why a probe came to nothing. `CredentialsMissing`: there is no usable Secret for the peer. `CredentialsRefused`: the peer
 * answers, and does not let us in. `NoAnswer`: nothing came in time, or no connection. `Failing`: it answers that it cannot.
 */
export type ProbeFailure = 'CredentialsMissing' | 'CredentialsRefused' | 'NoAnswer' | 'Failing';

/** What one probe of a peer came to. */
export type Probe = {
  /** When it ended, by `Clock.elapsed`. */
  readonly at: number;
} & (
  | {
      readonly answered: true;
      /** In milliseconds. */
      readonly roundTrip: number;
      /** Absent where the answer did not tell the time. */
      readonly offset?: ClockOffset | undefined;
    }
  | { readonly answered: false; readonly failure: ProbeFailure; readonly message: string }
);

/** The last probes with one more, the oldest first. */
export function withProbe(recent: readonly Probe[], probe: Probe): readonly Probe[] {
  return [...recent.slice(1 - RECENT_PROBES), probe];
}

/** Median round trip of the probes that were answered, in milliseconds; undefined where none was. */
export function medianRoundTrip(recent: readonly Probe[]): number | undefined {
  const sorted = recent
    .flatMap((probe) => (probe.answered ? [probe.roundTrip] : []))
    .sort((one, other) => one - other);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}
