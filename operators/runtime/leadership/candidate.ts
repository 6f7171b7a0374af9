import type { ApiClient, CallOptions } from '../client/api-client.ts';
import type { Clock } from '../clock.ts';
import { failedAs } from '../errors/api-error.ts';
import { Complaint } from '../logs/complaint.ts';
import type { Logger } from '../logs/logger.ts';
import type { ObjectKey } from '../objects/api-object.ts';
import { pause } from '../pause.ts';
import type { Leadership } from './leadership.ts';
import { LeaseInApi } from './lease-in-api.ts';
import { DEFAULT_TIMING, type LeaseTiming } from './lease.ts';
import { LeadershipLostError, Term, type Moment } from './term.ts';

/** What a candidate needs. */
export interface Candidacy {
  /** Not fenced: it is what the fence is made of. */
  readonly client: ApiClient;
  readonly clock: Clock;
  readonly log: Logger;
  /** Which lease: `namespace/name`. */
  readonly lease: ObjectKey;
  /** Name of this process and no other, also not of one before it in the same pod. */
  readonly identity: string;
  readonly timing?: LeaseTiming;
  /** From 0 up to 1; keeps candidates from asking at the same moments. */
  readonly random?: () => number;
}

/** Failures of a write that say that somebody else wrote the lease, or took it away. */
const OVERTAKEN = ['Conflict', 'NotFound', 'AlreadyExists'];

/** Longest that giving the lease back may take, in milliseconds: a shutdown waits for it. */
const RELEASE_DEADLINE = 3_000;

/**
 * One of those who would lead. A lease in the API says who does; it is written with the version that was read, so of two
 * who write at once one fails. Works as Kubernetes' own components do, and with their times.
 */
export class Candidate {
  readonly #lease: LeaseInApi;
  readonly #name: ObjectKey;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #timing: LeaseTiming;
  readonly #random: () => number;
  readonly #complaint: Complaint;
  #term: Term | undefined;

  constructor({
    client,
    clock,
    log,
    lease,
    identity,
    timing = DEFAULT_TIMING,
    random = Math.random,
  }: Candidacy) {
    this.#lease = new LeaseInApi(client, clock, { lease, identity, timing });
    this.#name = lease;
    this.#clock = clock;
    this.#log = log.child({ lease, identity });
    this.#complaint = new Complaint(this.#log);
    this.#timing = timing;
    this.#random = random;
  }

  /** Whether this process leads, at this very moment. */
  get leading(): boolean {
    return this.#term?.leading ?? false;
  }

  /** Who leads, as far as this process knows; undefined: nobody, or never looked. */
  get holder(): string | undefined {
    return this.#lease.holder;
  }

  /** Waits until this process leads; undefined when the signal was aborted before. Once in the life of a process. */
  async stand(signal: AbortSignal): Promise<Leadership | undefined> {
    while (!signal.aborted) {
      const term = await this.#tryToTake(signal);
      if (term !== undefined) return this.#lead(term);
      await pause(this.#clock, this.#timing.retry * (1 + this.#random() / 5), signal);
    }
    return undefined;
  }

  async #tryToTake(signal: AbortSignal): Promise<Term | undefined> {
    const options = { signal, deadline: this.#timing.renew / 2 };
    try {
      await this.#lease.look(options);
      this.#complaint.settle();
      if (!this.#lease.isFree) return undefined;
      return new Term(this.#clock, this.#timing.renew, await this.#lease.hold(options));
    } catch (error) {
      // Another candidate was faster: that is how it is meant to be.
      if (!isOvertaken(error) && !signal.aborted) this.#complaint.about('cannot stand for leader', error);
      return undefined;
    }
  }

  #lead(term: Term): Leadership {
    const lease = this.#lease;
    this.#term = term;
    this.#log.info('leading', { transitions: lease.lease?.spec?.leaseTransitions });
    const renewing = this.#keepRenewing(term);
    return {
      signal: term.signal,
      get leading() {
        return term.leading;
      },
      get lease() {
        if (lease.lease === undefined) throw new Error('a leader has seen its lease');
        return lease.lease;
      },
      release: async () => {
        term.end(new Error('stepped down'));
        await renewing;
        await this.#release();
      },
    };
  }

  /** Renews until the term is over. Never rejects. */
  async #keepRenewing(term: Term): Promise<void> {
    let wait = this.#timing.retry;
    for (;;) {
      await pause(this.#clock, wait, term.signal);
      if (!term.leading) return;
      const begun = this.#clock.elapsed();
      // A try that hangs leaves time for another.
      const options = { signal: term.signal, deadline: Math.min(term.remaining, this.#timing.renew / 2) };
      try {
        term.renew(await this.#renew(options));
        this.#complaint.settle();
      } catch (error) {
        if (error instanceof LeadershipLostError) term.end(error);
        else if (!term.signal.aborted) this.#complaint.about('cannot renew the lease', error);
      }
      wait = Math.max(0, this.#timing.retry - (this.#clock.elapsed() - begun));
    }
  }

  /** Renews once. Where somebody else wrote the lease, looks whose it is now. */
  async #renew(options: CallOptions): Promise<Moment> {
    try {
      return await this.#lease.hold(options);
    } catch (error) {
      if (!isOvertaken(error)) throw error;
      await this.#lease.look(options);
      if (this.#lease.lease !== undefined && !this.#lease.isOwn) {
        throw new LeadershipLostError(
          `${this.holder ?? 'nobody'} holds the lease ${this.#name} now. The process ends and starts anew as standby.`,
        );
      }
      return await this.#lease.hold(options);
    }
  }

  async #release(): Promise<void> {
    try {
      if (await this.#lease.release({ deadline: RELEASE_DEADLINE })) this.#log.info('gave the lease back');
    } catch (error) {
      this.#log.warn('could not give the lease back; a standby takes it when it has expired', { error });
    }
  }
}

function isOvertaken(error: unknown): boolean {
  return OVERTAKEN.some((reason) => failedAs(error, reason));
}
