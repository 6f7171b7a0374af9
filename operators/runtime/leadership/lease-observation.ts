import type { Lease } from './lease.ts';

/**
 * What a candidate knows of a lease by having looked at it. Whether the holder has gone silent is judged by when this
 * process last saw the lease change, on its own clock: the times inside the lease come from a clock that may be wrong.
 */
export class LeaseObservation {
  readonly #ownDuration: number;
  #seen: { readonly version: string; readonly since: number; readonly lease: Lease | undefined } | undefined;
  /** How long the last known holder may be silent, in milliseconds. */
  #patience: number;

  /** @param duration of a lease that does not say its own, in milliseconds */
  constructor(duration: number) {
    this.#ownDuration = duration;
    this.#patience = duration;
  }

  /** The lease as last seen; undefined where there is none. */
  get lease(): Lease | undefined {
    return this.#seen?.lease;
  }

  /** Who holds it, whether silent or not. */
  get holder(): string | undefined {
    const holder = this.lease?.spec?.holderIdentity;
    return holder === '' ? undefined : holder;
  }

  /** Takes note of the lease. @param at by `Clock.elapsed`, read after the answer came */
  see(lease: Lease | undefined, at: number): void {
    const version = lease?.metadata.resourceVersion ?? 'absent';
    if (this.#seen?.version === version) return;
    const firstLook = this.#seen === undefined;
    // A lease that somebody deleted had a holder, who does not know it yet: wait for it as for one that went silent.
    if (lease === undefined && firstLook) this.#patience = 0;
    const seconds = lease?.spec?.leaseDurationSeconds;
    if (lease !== undefined) this.#patience = seconds === undefined ? this.#ownDuration : seconds * 1000;
    this.#seen = { version, since: at, lease };
  }

  /** Milliseconds until it may be taken from whoever holds it; 0: now. A lease never looked at may not be taken. */
  untilFree(at: number): number {
    if (this.#seen === undefined) return this.#ownDuration;
    if (this.#seen.lease !== undefined && this.holder === undefined) return 0;
    return Math.max(0, this.#seen.since + this.#patience - at);
  }
}
