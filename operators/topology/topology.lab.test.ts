import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  claimKind,
  placementSubject,
  topologyKind,
  voteKind,
  type Claim,
  type Topology,
} from '../api/index.ts';
import { SYSTEM_NAMESPACE } from '../api/layout/namespaces.ts';
import { resourceTypeOf } from '../runtime/index.ts';
import type { RunningOperator } from '../runtime/testing/running-operator.ts';
import type { TopologyModule } from './index.ts';
import { LabCentre, pathOf } from './testing/lab-centres.ts';
import { exampleDigest } from './testing/ballots.ts';
import { TOPOLOGY } from './testing/test-site.ts';
import { ballotName } from './votes/ballot.ts';

/** The last votes are never deleted, not even by a test that is run again: each run has a group of its own. */
const GROUP = `run-${Date.now().toString(36)}`;
const SUBJECT = placementSubject(SYSTEM_NAMESPACE, GROUP);

/** Longer than a claim is open, and that is longer than two turns of votes. */
const OPEN = 25_000;
const PATIENCE = { timeout: OPEN + 15_000, interval: 100 };

let centres: readonly LabCentre[];
/** One operator in each centre, and a second one in the last. */
let operators: readonly RunningOperator<TopologyModule>[];

beforeAll(async () => {
  centres = await LabCentre.openAll();
  await Promise.all(centres.map((centre) => centre.place(GROUP)));
  operators = await Promise.all([
    ...centres.map((centre) => centre.start()),
    centre(2).start('zaibei-operator-1'),
  ]);
});

afterAll(async () => {
  await Promise.all(operators.map((operator) => operator.stop()));
  await Promise.all(centres.map((each) => each.close()));
});

function centre(index: number): LabCentre {
  const found = centres[index];
  if (found === undefined) throw new RangeError(`there is no centre ${index}`);
  return found;
}

/** Claims an epoch for a centre, and waits for how it ends. */
async function claim(index: number, epoch: number): Promise<Claim['status']> {
  const claims = operators[index]?.module.claims;
  const ballot = { subject: SUBJECT, epoch };
  await claims?.propose({
    ...ballot,
    digest: exampleDigest(`centre ${index}`),
    deadline: Date.now() + OPEN,
  });
  return vi.waitFor(() => {
    const status = claims?.find(ballot)?.status;
    expect(status?.record).toBeGreaterThan(0);
    return status;
  }, PATIENCE);
}

describe('three operators on three real API servers', () => {
  it('read each other by the tokens that connecting gave them, and find that they want the same', async () => {
    for (const { client, centre: name } of centres) {
      const { status } = await vi.waitFor(async () => {
        const found = await client.find(resourceTypeOf(topologyKind), TOPOLOGY.metadata.name);
        const peers: NonNullable<Topology['status']>['peers'] = found?.status?.peers ?? [];
        expect(
          peers.map(({ reachability, agreement }) => `${reachability.state} ${agreement.state}`),
        ).toEqual(['Reachable Agrees', 'Reachable Agrees']);
        return found ?? { status: undefined };
      }, PATIENCE);
      expect(status?.centre).toBe(name);
      for (const { credentialsExpire = '' } of status?.peers ?? [])
        expect(Date.parse(credentialsExpire)).toBeGreaterThan(Date.now());
    }
  });

  it('agree on a claim, with one vote of each centre, also of the one with two operators', async () => {
    const status = await claim(0, 2);
    expect(status?.outcome).toBe('Agreed');
    const name = ballotName({ subject: SUBJECT, epoch: 2 });
    for (const { client, journal } of centres) {
      const vote = await vi.waitFor(async () => {
        const found = await client.find(resourceTypeOf(voteKind), name);
        expect(found?.status?.record).toBeGreaterThan(0);
        return found;
      }, PATIENCE);
      expect(vote?.spec.claimant).toBe(centre(0).centre);
      const about = journal.records.filter(({ object }) => object?.uid === vote?.metadata.uid);
      expect(about.map(({ kind }) => kind)).toContain('vote');
    }
  });

  it('agree on one of two claims at an epoch, and refuse the other or let it expire', async () => {
    const outcomes = await Promise.all([claim(0, 3), claim(1, 3)]);
    const agreed = outcomes.filter((status) => status?.outcome === 'Agreed');
    expect(agreed.length).toBeLessThanOrEqual(1);
    expect((await claim(1, 4))?.outcome).toBe('Agreed');
  });
});

describe('the API server itself', () => {
  const name = ballotName({ subject: SUBJECT, epoch: 2 });

  it('lets nobody change a vote, nor cast a second one', async () => {
    const { api } = centre(0);
    const { body } = await api.send('GET', pathOf(voteKind, name));
    const vote = voteKind.spec.parse((body as { spec: unknown }).spec);
    const changed = { ...(body as object), spec: { ...vote, claimant: 'remote-dr' } };
    expect((await api.send('PUT', pathOf(voteKind, name), changed)).message).toContain(
      'a vote cannot be changed',
    );
    const second = {
      apiVersion: 'zaibei.io/v1alpha1',
      kind: 'Vote',
      metadata: { name },
      spec: { ...vote, claimant: 'remote-dr' },
    };
    expect((await api.send('POST', '/apis/zaibei.io/v1alpha1/votes', second)).code).toBe(409);
  });

  it('lets nobody change the outcome of a claim, nor take it back', async () => {
    const { api } = centre(0);
    const { body } = await api.send('GET', pathOf(claimKind, name));
    for (const outcome of ['Expired', undefined]) {
      const { status } = body as { status: object };
      const changed = { ...(body as object), status: { ...status, outcome } };
      const { message } = await api.send('PUT', `${pathOf(claimKind, name)}/status`, changed);
      expect(message).toContain('the outcome of a claim is final');
    }
  });
});
