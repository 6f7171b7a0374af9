import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ApiClient } from '../client/api-client.ts';
import { systemClock } from '../clock.ts';
import { silentLogger } from '../logs/logger.ts';
import { LabCluster } from '../testing/lab-cluster.ts';
import { Candidate } from './candidate.ts';
import type { Leadership } from './leadership.ts';
import { leaseType } from './lease.ts';

/** The proportions of the real times, shorter: a test is not to wait for fifteen seconds. */
const TIMING = { lease: 4_500, renew: 3_000, retry: 600 };

let cluster: LabCluster;
let elections = 0;
const standing: Contender[] = [];

beforeAll(async () => {
  cluster = await LabCluster.open();
});

afterEach(async () => {
  await Promise.all(standing.splice(0).map((contender) => contender.end()));
});

afterAll(async () => {
  await cluster.close();
});

/** A candidate with a connection of its own, which can die without a word. */
class Contender {
  readonly candidate: Candidate;
  leadership: Leadership | undefined;
  readonly #stop = new AbortController();
  #dead = false;

  constructor(lease: string, identity: string) {
    const client = cluster.connect(cluster.source);
    this.candidate = new Candidate({
      client: this.#mortal(client),
      clock: systemClock,
      log: silentLogger,
      lease,
      identity,
      timing: TIMING,
    });
    void this.candidate.stand(this.#stop.signal).then((leadership) => {
      this.leadership = leadership;
    });
    standing.push(this);
  }

  /** Nothing is sent any more. */
  kill(): void {
    this.#dead = true;
  }

  async end(): Promise<void> {
    this.#stop.abort();
    if (!this.#dead) await this.leadership?.release();
  }

  #mortal(client: ApiClient): ApiClient {
    const living = <T>(call: () => Promise<T>): Promise<T> =>
      this.#dead ? new Promise<T>(() => undefined) : call();
    return {
      ...client,
      find: (...call) => living(() => client.find(...call)),
      create: (...call) => living(() => client.create(...call)),
      replace: (...call) => living(() => client.replace(...call)),
    };
  }
}

/** Two who stand for the same new lease at the same moment. */
function rivals(): readonly [Contender, Contender] {
  elections += 1;
  const lease = `${cluster.namespace}/election-${elections}`;
  return [new Contender(lease, 'a'), new Contender(lease, 'b')];
}

async function firstLeader(
  rivals: readonly [Contender, Contender],
): Promise<readonly [Contender, Contender]> {
  const [a, b] = rivals;
  await vi.waitUntil(() => a.candidate.leading || b.candidate.leading, { timeout: 10_000, interval: 10 });
  return a.candidate.leading ? [a, b] : [b, a];
}

/** Looks all the time whether two lead, until something has come about. */
async function neverTwo(rivals: readonly [Contender, Contender], until: () => boolean): Promise<void> {
  const look = (): boolean => {
    if (rivals.every(({ candidate }) => candidate.leading)) throw new Error('two lead');
    return until();
  };
  await vi.waitUntil(look, { timeout: 30_000, interval: 5 });
}

describe('on a real API server', () => {
  it('of two who race one leads, and gives the lease back to the other', async () => {
    const both = rivals();
    const [leader, standby] = await firstLeader(both);
    await vi.waitUntil(() => standby.candidate.holder !== undefined, { timeout: 5_000 });
    expect(standby.candidate.leading).toBe(false);
    const begun = systemClock.elapsed();
    await leader.leadership?.release();
    await neverTwo(both, () => standby.candidate.leading);
    expect(systemClock.elapsed() - begun).toBeLessThan(TIMING.lease);
    const lease = await cluster.client.find(leaseType, `${cluster.namespace}/election-${elections}`);
    expect(lease?.spec).toMatchObject({
      holderIdentity: standby === both[0] ? 'a' : 'b',
      leaseTransitions: 1,
    });
  });

  it('a leader that dies without a word is replaced when its lease has expired, and not before', async () => {
    const both = rivals();
    const [leader, standby] = await firstLeader(both);
    await vi.waitUntil(() => standby.candidate.holder !== undefined, { timeout: 5_000 });
    const died = systemClock.elapsed();
    leader.kill();
    await neverTwo(both, () => standby.candidate.leading);
    expect(systemClock.elapsed() - died).toBeGreaterThan(TIMING.lease - TIMING.retry);
    expect(leader.candidate.leading).toBe(false);
  });

  it('nobody leads while the API server is silent for longer than the deadline, and one does afterwards', async () => {
    const both = rivals();
    const [leader] = await firstLeader(both);
    cluster.signal('kube-apiserver', 'SIGSTOP');
    try {
      await neverTwo(both, () => !leader.candidate.leading);
      expect(leader.leadership?.signal.aborted).toBe(true);
      expect(both.some(({ candidate }) => candidate.leading)).toBe(false);
    } finally {
      cluster.signal('kube-apiserver', 'SIGCONT');
    }
    const [, standby] = leader === both[0] ? both : [both[1], both[0]];
    await neverTwo(both, () => standby.candidate.leading);
  });
});
