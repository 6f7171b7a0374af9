import { describe, expect, it } from 'vitest';
import { findCondition, protectionPolicyKind, type PeerStatus, type Topology } from '../../api/index.ts';
import { parseExample } from '../../api/kinds/examples/example.ts';
import { digestOf } from '../../evidence/index.ts';
import { resourceTypeOf } from '../../runtime/index.ts';
import { TestSite, TOPOLOGY, type TestCentre } from '../testing/test-site.ts';

type Status = NonNullable<Topology['status']>;

/** Status and reason of a condition: `True AllAgree`. */
function condition({ conditions }: Status, type: string): string {
  const found = findCondition(conditions, type, 1);
  return `${found?.status ?? 'missing'} ${found?.reason ?? ''}`;
}

function peer({ peers = [] }: Status, name: string): PeerStatus | undefined {
  return peers.find((each) => each.name === name);
}

/** Everybody reports, and hears of what the others have reported. */
async function reportAll(site: TestSite): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    await site.pass(1_000);
    for (const centre of site.all) await centre.report();
  }
}

function policy({ operator }: TestCentre, name: string): void {
  const document = protectionPolicyKind.schema.parse(parseExample(protectionPolicyKind));
  const type = resourceTypeOf(protectionPolicyKind);
  const object = { ...document, metadata: { name } };
  operator.have(type, object);
}

describe('the status of a topology', () => {
  it('tells that the peers are reachable, want the same, and agree on the time', async () => {
    const site = new TestSite();
    await reportAll(site);
    const status = await site.centre('production').report();
    expect(status.centre).toBe('production');
    expect(peer(status, 'local-dr')).toMatchObject({
      reachability: { state: 'Reachable', reason: 'Answers' },
      agreement: { state: 'Agrees', reason: 'SameDigest' },
    });
    for (const type of ['PeersReachable', 'DesiredStateAgrees', 'ClocksAgree', 'PeerJournalsIntact'])
      expect(condition(status, type)).toMatch(/^True/);
  });

  it('names the documents that a peer has and this centre has not, and the other way round', async () => {
    const site = new TestSite();
    await reportAll(site);
    policy(site.centre('production'), 'here');
    policy(site.centre('local-dr'), 'there');
    await site.pass(60_000);
    await reportAll(site);
    const status = await site.centre('production').report();
    expect(peer(status, 'local-dr')?.agreement).toMatchObject({
      state: 'Differs',
      differing: ['ProtectionPolicy here (only here)', 'ProtectionPolicy there (only there)'],
    });
    expect(peer(status, 'remote-dr')?.agreement).toMatchObject({
      differing: ['ProtectionPolicy here (only here)'],
    });
    expect(condition(status, 'DesiredStateAgrees')).toBe('False PeerDiffers');
  });

  it('of a centre whose peer is down changes nothing but what it says of that peer', async () => {
    const site = new TestSite();
    await reportAll(site);
    const before = await site.centre('production').report();
    site.centre('production').link('remote-dr').cut = true;
    await site.pass(40_000);
    const after = await site.centre('production').report();
    expect(peer(after, 'remote-dr')).toMatchObject({
      reachability: { state: 'Unreachable', reason: 'NoAnswer' },
      agreement: { state: 'Unknown' },
    });
    expect(peer(after, 'local-dr')?.reachability).toEqual(peer(before, 'local-dr')?.reachability);
    expect(peer(after, 'local-dr')?.agreement).toEqual(peer(before, 'local-dr')?.agreement);
    expect(after.desiredState).toEqual(before.desiredState);
    expect(condition(after, 'PeersReachable')).toBe('False PeerUnreachable');
    expect(condition(after, 'Ready')).toMatch(/^True/);
  });

  it('is written once a minute while nothing but figures change, and at once when a class does', async () => {
    const site = new TestSite();
    await reportAll(site);
    const production = site.centre('production');
    await production.report();
    let writes = 0;
    production.operator.server.onCall = ({ verb }) => {
      if (verb === 'apply-status') writes += 1;
    };
    for (let look = 0; look < 12; look += 1) {
      await site.pass(10_000);
      await production.report();
    }
    expect(writes).toBeLessThanOrEqual(2);
    production.link('remote-dr').cut = true;
    await site.pass(30_000);
    writes = 0;
    await production.report();
    expect(writes).toBe(1);
  });

  it('keeps what it said when the operator is started anew, until the first probes are answered', async () => {
    const site = new TestSite();
    await reportAll(site);
    const before = await site.centre('production').report();
    const restarted = site.restart('production');
    expect((await restarted.report()).peers).toEqual(before.peers);
    expect(restarted.module.peers.all).toEqual([]);
  });

  it('keeps the greatest head of a peer’s journal, and tells when the journal ends before it', async () => {
    const site = new TestSite();
    const remote = site.centre('remote-dr');
    const add = async (): Promise<void> => {
      await remote.operator.journal.append({ kind: 'vote', actor: 'pod/x', body: {} });
    };
    await add();
    await add();
    await reportAll(site);
    const head = remote.operator.journal.head();
    const before = await site.centre('production').report();
    expect(peer(before, 'remote-dr')?.journal).toEqual(head);
    remote.operator.journal.head = () => ({ sequence: 1, digest: digestOf('another') });
    await site.pass(60_000);
    await reportAll(site);
    const after = await site.centre('production').report();
    expect(peer(after, 'remote-dr')?.journal).toEqual(head);
    expect(condition(after, 'PeerJournalsIntact')).toBe('False JournalCut');
  });
});

describe('a topology', () => {
  it('without this centre is stalled, and says what it has', async () => {
    const site = new TestSite();
    const production = site.centre('production');
    const centres = TOPOLOGY.spec.centres.filter(({ name }) => name !== 'production');
    production.deploy({ ...TOPOLOGY, spec: { ...TOPOLOGY.spec, centres } });
    const { end } = await production.run('topology');
    expect(end).toMatchObject({ kind: 'stalled', error: { code: 'ZB-TPL-001', field: 'spec.centres' } });
  });

  it('beside another waits: nobody can tell which holds, and nobody votes', async () => {
    const site = new TestSite();
    const production = site.centre('production');
    production.deploy({ ...TOPOLOGY, metadata: { name: 'other' } });
    const { end } = await production.run('topology');
    expect(end).toMatchObject({ kind: 'waiting', error: { code: 'ZB-TPL-002' } });
    await site.pass(1_000);
    expect(production.module.peers.all).toEqual([]);
  });
});
