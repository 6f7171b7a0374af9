import { describe, expect, it } from 'vitest';
import { TestSite, TOPOLOGY } from '../testing/test-site.ts';

/** What production knows of remote-dr. */
function told(site: TestSite): string {
  const view = site.centre('production').module.peers.find('remote-dr')?.view();
  return view === undefined ? 'not followed' : `${view.reachability.state} ${view.reachability.reason}`;
}

describe('a peer', () => {
  it('is reachable once it answers, unreachable half a minute after its link is cut, and comes back', async () => {
    const site = new TestSite();
    expect(told(site)).toBe('Unknown NotProbedYet');
    await site.pass(1_000);
    expect(told(site)).toBe('Reachable Answers');
    site.centre('production').link('remote-dr').cut = true;
    await site.pass(20_000);
    expect(told(site)).toBe('Reachable Answers');
    await site.pass(10_000);
    expect(told(site)).toBe('Unreachable NoAnswer');
    expect(site.centre('production').module.peers.find('local-dr')?.view().reachability.state).toBe(
      'Reachable',
    );
    site.centre('production').link('remote-dr').cut = false;
    await site.pass(10_000);
    expect(told(site)).toBe('Reachable Answers');
  });

  it('without a Secret is unknown, and read as soon as there is one, without a restart', async () => {
    const site = new TestSite();
    const production = site.centre('production');
    production.distrust('remote-dr');
    await site.pass(30_000);
    expect(told(site)).toBe('Unknown CredentialsMissing');
    production.trust('remote-dr');
    await site.pass(11_000);
    expect(told(site)).toBe('Reachable Answers');
  });

  it('without a Secret is told of by one line, and so is one whose link is cut', async () => {
    const site = new TestSite();
    const production = site.centre('production');
    const warnings = (): readonly unknown[] =>
      production.operator.log.lines.filter(({ level }) => level === 'warn').map(({ message }) => message);
    production.distrust('remote-dr');
    await site.pass(60_000);
    expect(warnings()).toEqual(['peer is Unknown: CredentialsMissing']);
    production.trust('remote-dr');
    await site.pass(11_000);
    production.link('local-dr').cut = true;
    await site.pass(40_000);
    expect(warnings().slice(1).toSorted()).toEqual([
      'peer is Unreachable: NoAnswer',
      'what is known is getting old: the server cannot be watched',
    ]);
  });

  it('with a Secret that the peer refuses is unknown, and its renewed one is used from the next probe on', async () => {
    const site = new TestSite();
    await site.pass(1_000);
    site.centre('production').link('remote-dr').accepted = ['renewed'];
    await site.pass(10_000);
    expect(told(site)).toBe('Unknown CredentialsRefused');
    site.centre('production').trust('remote-dr', 'renewed');
    await site.pass(20_000);
    expect(told(site)).toBe('Reachable Answers');
  });

  it('whose claims cannot be listed is unknown, however well it answers', async () => {
    const site = new TestSite();
    const { server } = site.centre('remote-dr').operator;
    server.onCall = ({ verb, object }) => {
      if (verb === 'list' && object.startsWith('Claim')) throw new Error('too many');
    };
    await site.pass(70_000);
    expect(told(site)).toBe('Unknown ObjectsUnread');
    server.onCall = () => undefined;
    await site.pass(40_000);
    expect(told(site)).toBe('Reachable Answers');
  });

  it('is whoever else votes in the topology: a centre that goes is no longer followed', async () => {
    const site = new TestSite();
    await site.pass(1_000);
    const centres = TOPOLOGY.spec.centres.filter(({ name }) => name !== 'remote-dr');
    site.centre('production').deploy({ ...TOPOLOGY, spec: { ...TOPOLOGY.spec, centres } });
    await site.pass(1_000);
    expect(told(site)).toBe('not followed');
    site.centre('production').deploy();
    await site.pass(1_000);
    expect(told(site)).toBe('Reachable Answers');
  });

  it('leaves no timer behind when the operator ends', async () => {
    const site = new TestSite();
    await site.pass(15_000);
    await site.end();
    expect(site.all.map(({ operator }) => operator.clock.timers)).toEqual([0, 0, 0]);
  });
});
