import {
  claimKind,
  placementKind,
  topologyKind,
  voteKind,
  type Claim,
  type Placement,
  type Topology,
  type Vote,
} from '../../api/index.ts';
import { peerProbes, type Counter, type Metrics } from '../../metrics/index.ts';
import {
  Complaint,
  pause,
  Reflector,
  resourceTypeOf,
  sparseLogger,
  watchMetrics,
  type ApiClient,
  type ApiObject,
  type Clock,
  type Live,
  type Logger,
  type Reader,
  type ResourceType,
} from '../../runtime/index.ts';
import { claimType, indexByGroup, indexBySubject, voteType } from '../votes/ballot-types.ts';
import { intersectOffsets, type ClockOffset } from './clock-offset.ts';
import type { PeerChange } from './change-feed.ts';
import type { PeerCredentials } from './peer-credentials.ts';
import { medianRoundTrip, PROBE_INTERVAL, withProbe, type Probe } from './probe.ts';
import { probePeer } from './probe-peer.ts';
import { judgeReachability, type Reachability } from './reachability.ts';
import { UnreadKinds } from './unread-kinds.ts';

/** What is known of a peer at this moment, from samples that are in memory only. */
export interface PeerView {
  readonly name: string;
  readonly reachability: Reachability;
  /** Median round trip in milliseconds. */
  readonly roundTrip: number | undefined;
  readonly clockOffset: ClockOffset | undefined;
  /** When it last answered, in wall-clock milliseconds. */
  readonly answeredAt: number | undefined;
  /** When the credentials expire by which it is read, in wall-clock milliseconds. */
  readonly credentialsExpire: number | undefined;
}

/** What a peer is made of. */
export interface PeerOptions {
  readonly name: string;
  /** Its API, which is only ever read. */
  readonly client: ApiClient;
  readonly credentials: PeerCredentials;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** From 0 up to 1; default: `Math.random`. */
  readonly random?: (() => number) | undefined;
  readonly changed: (change: PeerChange) => void;
}

/** So many objects of a kind a peer can have: ten claims and ten votes of each of some thousand groups, and room. */
const MOST_OBJECTS = 100_000;

/** The Secret is read again after so many probes: a minute. */
const PROBES_PER_SECRET = 6;

/** The watches of a peer end together: what they all have to say is said once in so many milliseconds. */
const WATCHES_SAY_AGAIN = 60_000;

/** Another centre as this one sees it: its objects as last heard of, and what the last probes came to. */
export class Peer {
  readonly name: string;
  readonly client: ApiClient;
  readonly topologies: Reader<Live<Topology>>;
  readonly placements: Reader<Live<Placement>>;
  readonly claims: Reader<Live<Claim>>;
  readonly votes: Reader<Live<Vote>>;
  readonly #options: PeerOptions;
  readonly #reflectors: { run(signal: AbortSignal): Promise<void> }[] = [];
  readonly #complaint: Complaint;
  readonly #watchLog: Logger;
  readonly #answered = Promise.withResolvers<undefined>();
  readonly #unread = new UnreadKinds();
  #recent: readonly Probe[] = [];
  readonly #probes: Counter<'peer' | 'outcome'>;
  #reachability: Reachability | undefined;
  #answeredAt: number | undefined;

  constructor(options: PeerOptions) {
    this.name = options.name;
    this.client = options.client;
    this.#options = options;
    this.#complaint = new Complaint(options.log);
    this.#watchLog = sparseLogger(options.log, options.clock, WATCHES_SAY_AGAIN);
    this.#probes = options.metrics.counter(peerProbes);
    this.topologies = this.#reflect(resourceTypeOf(topologyKind));
    this.placements = indexByGroup(this.#reflect(resourceTypeOf(placementKind)));
    this.claims = indexBySubject(this.#reflect(claimType), claimKind);
    this.votes = indexBySubject(this.#reflect(voteType), voteKind);
  }

  /** Follows the peer until the signal is aborted. It never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    await Promise.all([this.#probe(signal), this.#watch(signal)]);
  }

  /** What is known of it now. */
  view(): PeerView {
    const { clock, credentials } = this.#options;
    const moment = { elapsed: clock.elapsed(), now: clock.now() };
    this.#reachability = judgeReachability(this.#reachability, this.#recent, moment, this.#unread.names);
    return {
      name: this.name,
      reachability: this.#reachability,
      roundTrip: medianRoundTrip(this.#recent),
      clockOffset: intersectOffsets(
        this.#recent.flatMap((probe) => (probe.answered ? (probe.offset ?? []) : [])),
      ),
      answeredAt: this.#answeredAt,
      credentialsExpire: credentials.expiry,
    };
  }

  /** Nothing can be watched before the first probe is answered: each kind would say so by itself, again and again. */
  async #watch(signal: AbortSignal): Promise<void> {
    signal.addEventListener('abort', () => {
      this.#answered.resolve(undefined);
    });
    if (!signal.aborted) await this.#answered.promise;
    if (signal.aborted) return;
    await Promise.all(this.#reflectors.map((reflector) => reflector.run(signal)));
  }

  async #probe(signal: AbortSignal): Promise<void> {
    const { client, clock } = this.#options;
    for (let count = 0; ; count += 1) {
      const begun = clock.elapsed();
      const last = this.#recent.at(-1);
      const refused = last?.answered === false && last.failure.startsWith('Credentials');
      if (count % PROBES_PER_SECRET === 0 || refused) await this.#readCredentials(signal);
      const probe = await probePeer(client, clock, signal);
      if (signal.aborted) return;
      this.#take(probe);
      // From beginning to beginning: a probe that nobody answers takes long, and must not make the next one late.
      const rest = Math.max(0, begun + PROBE_INTERVAL - clock.elapsed());
      if (!(await pause(clock, rest, signal))) return;
    }
  }

  #take(probe: Probe): void {
    const outcome = probe.answered ? 'Answered' : probe.failure;
    this.#probes.add({ peer: this.name, outcome });
    const { state, reason } = this.view().reachability;
    this.#recent = withProbe(this.#recent, probe);
    if (probe.answered) {
      this.#answeredAt = this.#options.clock.now();
      this.#answered.resolve(undefined);
    }
    const { reachability } = this.view();
    if (reachability.state === state && reachability.reason === reason) return;
    const { log } = this.#options;
    const line = `peer is ${reachability.state}: ${reachability.reason}`;
    if (reachability.state === 'Reachable') log.info(line, { before: state });
    else log.warn(line, { before: state, problem: reachability.message });
    this.#tell('Peer');
  }

  /** What was read before stays in use while the own API server does not answer. */
  async #readCredentials(signal: AbortSignal): Promise<void> {
    try {
      await this.#options.credentials.read(signal);
      this.#complaint.settle();
    } catch (error) {
      if (!signal.aborted) this.#complaint.about(`cannot read ${this.#options.credentials.from}`, error);
    }
  }

  #reflect<T extends ApiObject>(type: ResourceType<T>): Reader<T> {
    const { client, clock, metrics, name, random } = this.#options;
    const observer = this.#unread.observe(type.kind, watchMetrics(metrics, name, type));
    const log = this.#watchLog;
    const reflector = new Reflector({ client, type, clock, log, observer, random, most: MOST_OBJECTS });
    reflector.store.listen(() => {
      this.#tell(type.kind as PeerChange['kind']); // the four kinds above
    });
    this.#reflectors.push(reflector);
    return reflector.store;
  }

  #tell(kind: PeerChange['kind']): void {
    this.#options.changed({ centre: this.name, kind });
  }
}
