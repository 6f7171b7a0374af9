import type { Change, ChangeSource } from '../../runtime/index.ts';

/** Something about a peer has become another. */
export interface PeerChange {
  readonly centre: string;
  /** `Peer`: what is judged of it. Else the kind of an object that it has. */
  readonly kind: 'Peer' | 'Topology' | 'Placement' | 'Claim' | 'Vote';
}

/** Tells of changes of all peers, whichever there are: controllers listen once, and peers come and go. */
export class ChangeFeed implements ChangeSource<PeerChange> {
  readonly #listeners: ((change: Change<PeerChange>) => void)[] = [];

  listen(listener: (change: Change<PeerChange>) => void): void {
    this.#listeners.push(listener);
  }

  /** Tells everybody. */
  tell(change: PeerChange): void {
    for (const listener of this.#listeners) listener({ key: change.centre, after: change });
  }
}
