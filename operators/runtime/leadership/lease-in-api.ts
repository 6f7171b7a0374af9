import type { ApiClient, CallOptions } from '../client/api-client.ts';
import type { Clock } from '../clock.ts';
import { splitKey, type NewObject, type ObjectKey } from '../objects/api-object.ts';
import { LeaseObservation } from './lease-observation.ts';
import { heldBy, leaseType, released, type Lease, type LeaseSpec, type LeaseTiming } from './lease.ts';
import { momentOf, type Moment } from './term.ts';

/** The lease in the API server, as one candidate looks at it and writes itself into it. */
export class LeaseInApi {
  readonly #client: ApiClient;
  readonly #clock: Clock;
  readonly #key: ObjectKey;
  readonly #identity: string;
  readonly #timing: LeaseTiming;
  readonly #observation: LeaseObservation;

  constructor(
    client: ApiClient,
    clock: Clock,
    of: { readonly lease: ObjectKey; readonly identity: string; readonly timing: LeaseTiming },
  ) {
    this.#client = client;
    this.#clock = clock;
    this.#key = of.lease;
    this.#identity = of.identity;
    this.#timing = of.timing;
    this.#observation = new LeaseObservation(of.timing.lease);
  }

  /** The lease as last seen. */
  get lease(): Lease | undefined {
    return this.#observation.lease;
  }

  /** Who holds it, as last seen. */
  get holder(): string | undefined {
    return this.#observation.holder;
  }

  /** Whether this candidate holds it, as last seen. */
  get isOwn(): boolean {
    return this.holder === this.#identity;
  }

  /** Whether this candidate may write itself into it: nobody holds it, or whoever does has been silent for too long. */
  get isFree(): boolean {
    // Its own name: the answer to an earlier write of this process was lost.
    return this.isOwn || this.#observation.untilFree(this.#clock.elapsed()) === 0;
  }

  async look(options: CallOptions): Promise<void> {
    const lease = await this.#client.find(leaseType, this.#key, options);
    this.#observation.see(lease, this.#clock.elapsed());
  }

  /**
   * Writes this candidate into the lease as last seen; fails where somebody wrote it since.
   * @returns when the request was sent, from which on the lease may be believed in
   */
  async hold(options: CallOptions): Promise<Moment> {
    const sent = momentOf(this.#clock);
    const spec = heldBy(this.#identity, this.lease?.spec, { now: sent.wall, timing: this.#timing });
    await this.#write(spec, options);
    return sent;
  }

  /** Gives the lease back if this candidate holds it. @returns whether it did */
  async release(options: CallOptions): Promise<boolean> {
    // A renewal that was broken off may have been stored, so what was seen last may be old.
    await this.look(options);
    if (!this.isOwn) return false;
    await this.#write(released(this.lease?.spec, this.#clock.now()), options);
    return true;
  }

  async #write(spec: LeaseSpec, options: CallOptions): Promise<void> {
    const written = await (this.lease === undefined
      ? this.#client.create(leaseType, this.#newLease(spec), options)
      : this.#client.replace(leaseType, { ...this.lease, spec }, options));
    this.#observation.see(written, this.#clock.elapsed());
  }

  #newLease(spec: LeaseSpec): NewObject & { readonly spec: LeaseSpec } {
    const { apiVersion, kind } = leaseType;
    return { apiVersion, kind, metadata: splitKey(this.#key), spec };
  }
}
