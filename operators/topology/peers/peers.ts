import type {
  ApiClient,
  BackgroundWork,
  CredentialSource,
  Dependencies,
  Logger,
} from '../../runtime/index.ts';
import type { Site } from '../site.ts';
import { ChangeFeed } from './change-feed.ts';
import { PeerCredentials } from './peer-credentials.ts';
import { Peer } from './peer.ts';

/** A connection to another centre. */
export interface PeerConnection {
  readonly client: ApiClient;
  readonly close: () => Promise<void>;
}

/** Makes the connection to a peer. The source may throw at any time, and be fine the next. */
export type ConnectPeer = (peer: string, source: CredentialSource) => PeerConnection;

interface RunningPeer {
  readonly peer: Peer;
  /** Ends following it. */
  readonly end: () => Promise<void>;
}

/** The peers of this centre, as the topology names them: each is followed for as long as it is one. */
export class Peers implements BackgroundWork {
  readonly name = 'peers';
  /** Tells when anything of any peer has changed. */
  readonly changes = new ChangeFeed();
  readonly #site: Site;
  readonly #dependencies: Dependencies;
  readonly #connect: ConnectPeer;
  readonly #log: Logger;
  readonly #running = new Map<string, RunningPeer>();

  constructor(site: Site, dependencies: Dependencies, connect: ConnectPeer) {
    this.#site = site;
    this.#dependencies = dependencies;
    this.#connect = connect;
    this.#log = dependencies.log;
  }

  /** The peers that are followed now. */
  get all(): readonly Peer[] {
    return [...this.#running.values()].map(({ peer }) => peer);
  }

  find(name: string): Peer | undefined {
    return this.#running.get(name)?.peer;
  }

  /** Follows whichever peers the topology names, until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const aborted = Promise.withResolvers<undefined>();
    signal.addEventListener('abort', () => {
      aborted.resolve(undefined);
    });
    if (signal.aborted) return;
    this.#adjust();
    this.#site.changes.listen(() => {
      if (!signal.aborted) this.#adjust();
    });
    await aborted.promise;
    await Promise.all([...this.#running.keys()].map((name) => this.#drop(name)));
  }

  #adjust(): void {
    const wanted = new Set(this.#site.peers);
    for (const name of [...this.#running.keys()]) if (!wanted.has(name)) void this.#drop(name);
    for (const name of wanted) if (!this.#running.has(name)) this.#follow(name);
  }

  #follow(name: string): void {
    const { client, clock, identity, metrics, random } = this.#dependencies;
    const credentials = new PeerCredentials(client, identity.namespace, name);
    const source = { kind: 'text', from: credentials.from, text: () => credentials.text() } as const;
    const connection = this.#connect(name, source);
    const peer = new Peer({
      name,
      client: connection.client,
      credentials,
      clock,
      metrics,
      random,
      log: this.#log.child({ peer: name }),
      changed: (change) => {
        this.changes.tell(change);
      },
    });
    const following = new AbortController();
    const done = peer.run(following.signal);
    const end = async (): Promise<void> => {
      following.abort();
      await done;
      await connection.close();
    };
    this.#running.set(name, { peer, end });
    this.#log.info('a peer is followed', { peer: name });
  }

  async #drop(name: string): Promise<void> {
    const running = this.#running.get(name);
    this.#running.delete(name);
    await running?.end();
  }
}
