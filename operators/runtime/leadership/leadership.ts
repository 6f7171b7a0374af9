import type { Lease } from './lease.ts';

/** What a process has while it leads. */
export interface Leadership {
  /** Aborted when it is over: every call made as leader gets it. Its reason says why. */
  readonly signal: AbortSignal;
  /** Whether it is still so, judged at this very moment; false for ever once it was. */
  readonly leading: boolean;
  /** The lease as last written by this process: its uid and its transitions name this term for ever. */
  readonly lease: Lease;
  /**
   * Steps down: renews no more and gives the lease back, so that a standby need not wait until it expires. To be called
   * when all work done as leader has ended. Never throws: a lease that cannot be given back expires.
   */
  release(): Promise<void>;
}
