import type { Claim } from '../api/index.ts';
import type { Live } from './objects/api-object.ts';
import type { ChangeSource } from './watching/reader.ts';

/** Something that a part of the operator wants the voting centres to agree to. */
export interface Wanted {
  /**
   * What it is about: `<what>/<namespace>/<group>`, such as `placementSubject(namespace, group)`. Of one subject, one thing is
   * agreed at an epoch, and only centres vote that have a Placement or a Dataset of the group.
   */
  readonly subject: string;
  /**
   * Digest of exactly what is wanted, and of what tells this occasion from every other, such as the epoch that it follows:
   * what was agreed once is agreed for ever.
   */
  readonly digest: string;
  /** How long one try gathers votes, in milliseconds. */
  readonly patience: number;
}

/** How it stands with something that is wanted. */
export type Agreement =
  /** Votes are gathered until then, in wall-clock milliseconds. */
  | { readonly state: 'gathering'; readonly epoch: number; readonly until: number }
  /**
   * A majority has voted for it. `overtaken`: a higher epoch of the subject has been reached for certain, so something was
   * claimed after it, and voted for; who has not begun to act on it does not begin.
   */
  | { readonly state: 'agreed'; readonly epoch: number; readonly overtaken: boolean }
  /** This try came to nothing, and from then on, in wall-clock milliseconds, there is another. */
  | {
      readonly state: 'failed';
      readonly epoch: number;
      readonly outcome: 'Refused' | 'Expired';
      readonly again: number;
    };

/**
 * How a part of the operator gets the agreement of the voting centres. It is level-triggered as everything else: who wants
 * something says so in every run, and looks at how it stands; claims, votes, epochs and tries are not its business.
 */
export interface Agreements {
  /** Tells when a claim of this centre has changed: a trigger for whoever waits. */
  readonly changes: ChangeSource<Live<Claim>>;
  /**
   * Sees to it that something is agreed: claims it where it was never claimed, and once more where a try has failed and its
   * wait is over. Who stops asking stops trying; a try that is under way may still be agreed, and binds nobody to act.
   * @param now wall-clock time, in milliseconds
   * @throws OperatorError where it could not be claimed now; the next run tries again
   */
  ensure(wanted: Wanted, now: number, signal: AbortSignal): Promise<Agreement>;
}

/** What a domain folder gets to work with that needs the agreement of other centres. */
export interface WithAgreements {
  readonly agreements: Agreements;
}
