import { describe, expect, it } from 'vitest';
import { claimKind, voteKind, type Claim, type Kind } from '../../api/index.ts';
import { resourceTypeOf } from '../../runtime/index.ts';
import { exampleDigest, SUBJECT } from '../testing/ballots.ts';
import { TestSite, type TestCentre } from '../testing/test-site.ts';
import { ballotName } from '../votes/ballot.ts';
import { BALLOT_HISTORY } from '../votes/history.ts';

const EPOCH = 2;
const NAME = ballotName({ subject: SUBJECT, epoch: EPOCH });

/** Claims the roles of the example group for half a minute. */
async function propose(centre: TestCentre, epoch = EPOCH, what = centre.name): Promise<void> {
  const deadline = centre.operator.clock.now() + 30_000;
  await centre.module.claims.propose({ subject: SUBJECT, epoch, digest: exampleDigest(what), deadline });
}

/** Every operator does what it has to do, until all have heard of everything, and longer than a turn of votes. */
async function settle(site: TestSite, among: readonly TestCentre[] = site.all): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await site.pass(4_000);
    for (const centre of among) {
      await centre.run('topology');
      for (const kind of ['claim', 'vote'] as const)
        for (const key of keysOf(centre, kind)) await centre.run(kind, key);
    }
  }
}

function keysOf({ operator }: TestCentre, kind: 'claim' | 'vote'): string[] {
  const type = resourceTypeOf<Kind>(kind === 'claim' ? claimKind : voteKind);
  return operator.server.list(type).map(({ metadata }) => metadata.name);
}

function outcome({ module }: TestCentre, epoch = EPOCH): NonNullable<Claim['status']>['outcome'] {
  return module.claims.find({ subject: SUBJECT, epoch })?.status?.outcome;
}

/** What stands in the journal of a centre, one word for each record. */
function journal({ operator }: TestCentre): string[] {
  return operator.journal.records.map(({ kind, body }) => `${kind} ${String(body.outcome ?? body.claimant)}`);
}

describe('a claim', () => {
  it('is agreed by the voting centres, and every vote and the agreement stand in the journals', async () => {
    const site = new TestSite();
    const [production, local] = [site.centre('production'), site.centre('local-dr')];
    await propose(local);
    await settle(site);
    expect(outcome(local)).toBe('Agreed');
    const { status } = (await local.run('claim', NAME)) as { status: Claim['status'] };
    expect(status).toMatchObject({ quorum: 2, phase: 'Agreed', record: 2 });
    expect(status?.votes?.filter(({ answer }) => answer === 'granted').length).toBeGreaterThanOrEqual(2);
    expect(journal(local)).toEqual(['vote local-dr', 'agreement Agreed']);
    expect(journal(production)).toEqual(['vote local-dr']);
  });

  it('is agreed by two of three while a centre is cut off', async () => {
    const site = new TestSite();
    const [production, local, remote] = site.all;
    if (production === undefined || local === undefined || remote === undefined) throw new Error('three');
    await site.pass(1_000);
    for (const peer of ['local-dr', 'remote-dr']) production.link(peer).cut = true;
    local.link('production').cut = true;
    remote.link('production').cut = true;
    await propose(production);
    await propose(local);
    await settle(site);
    expect(outcome(local)).toBe('Agreed');
    expect(outcome(production)).toBeUndefined();
    await site.pass(30_000);
    await settle(site, [production]);
    expect(outcome(production)).toBe('Expired');
    expect(journal(production)).toEqual(['vote production', 'agreement Expired']);
  });

  it('is refused when the others have voted for another at its epoch, and agreed at the next', async () => {
    const site = new TestSite();
    const [production, local] = [site.centre('production'), site.centre('local-dr')];
    await propose(production);
    await settle(site);
    await propose(local);
    await settle(site);
    expect(outcome(production)).toBe('Agreed');
    expect(outcome(local)).toBe('Refused');
    const next = local.module.claims.nextEpoch(SUBJECT, local.operator.clock.now());
    expect(next).toBe(EPOCH + 1);
    await propose(local, next);
    await settle(site);
    expect(outcome(local, next)).toBe('Agreed');
  });

  it('may be proposed again, but not otherwise', async () => {
    const site = new TestSite();
    const local = site.centre('local-dr');
    await propose(local);
    await propose(local);
    await expect(propose(local, EPOCH, 'something else')).rejects.toMatchObject({ code: 'ZB-TPL-003' });
  });

  it('keeps its outcome when its operator looks again after the deadline', async () => {
    const site = new TestSite();
    const local = site.centre('local-dr');
    await propose(local);
    await settle(site);
    await site.pass(60_000);
    await settle(site);
    expect(outcome(local)).toBe('Agreed');
    expect(journal(local)).toHaveLength(2);
  });
});

describe('what has passed', () => {
  it('is deleted but for the last ten of a subject, and stands in the journal', async () => {
    const site = new TestSite();
    const [local, production] = [site.centre('local-dr'), site.centre('production')];
    const epochs = Array.from({ length: BALLOT_HISTORY + 3 }, (_, index) => EPOCH + index);
    for (const epoch of epochs) {
      await propose(local, epoch);
      await settle(site);
    }
    const kept = epochs.slice(-BALLOT_HISTORY).map((epoch) => ballotName({ subject: SUBJECT, epoch }));
    expect(keysOf(local, 'claim').toSorted()).toEqual(kept.toSorted());
    for (const centre of [local, production])
      expect(keysOf(centre, 'vote').toSorted()).toEqual(kept.toSorted());
    expect(journal(production)).toHaveLength(epochs.length);
    expect(journal(local)).toHaveLength(2 * epochs.length);
  });
});

describe('a vote', () => {
  it('is put into the journal once, also by an operator that was stopped before it noted so', async () => {
    const site = new TestSite();
    const remote = site.centre('remote-dr');
    await propose(site.centre('local-dr'));
    await site.pass(1_000);
    await remote.run('topology');
    remote.operator.server.onCall = ({ verb }) => {
      if (verb === 'apply-status') throw new Error('stopped before the note');
    };
    await remote.run('vote', NAME);
    remote.operator.server.onCall = () => undefined;
    const { status } = await remote.run('vote', NAME);
    expect(status).toMatchObject({ record: 1 });
    expect(journal(remote)).toEqual(['vote local-dr']);
  });

  it('is one, whichever of two operators of a centre casts it', async () => {
    const site = new TestSite();
    const remote = site.centre('remote-dr');
    await propose(site.centre('local-dr'));
    await site.pass(1_000);
    await Promise.all([remote.run('topology'), remote.run('topology')]);
    expect(keysOf(remote, 'vote')).toEqual([NAME]);
  });
});
