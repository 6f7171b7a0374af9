import { describe, expect, it } from 'vitest';
import { API_VERSION, claimKind, datasetKind, placementKind } from '../api/index.ts';
import { canonicalJson, digestOf } from '../evidence/index.ts';
import {
  keyOf,
  resourceTypeOf,
  trigger,
  WaitingError,
  type ControllerDefinition,
  type Dependencies,
  type ControllerModule,
  type WithAgreements,
} from '../runtime/index.ts';
import { wish, wishKind, wishType, type Wish } from '../runtime/testing/wish-kind.ts';
import { claimExample, exampleDigest, SUBJECT } from './testing/ballots.ts';
import { PLACEMENT, TestSite, type TestCentre } from './testing/test-site.ts';
import { claimType, voteType } from './votes/ballot-types.ts';
import { ballotName } from './votes/ballot.ts';

const KEY = 'tenant/many';

/** A module as another domain folder would have it: a wish is granted once the centres have agreed to it. */
function wishes(
  { agreements, readers }: Dependencies & WithAgreements,
  subject: string,
): ControllerModule & { readonly controllers: readonly [ControllerDefinition<Wish>] } {
  const reader = readers.of(wishType);
  const grant: ControllerDefinition<Wish> = {
    name: 'wish',
    kind: wishKind,
    triggers: [trigger(agreements.changes, () => [...reader.all()].map(keyOf))],
    steps: [
      async ({ spec, status, now, signal, again }) => {
        const digest = digestOf(canonicalJson({ spec }));
        const agreement = await agreements.ensure({ subject, digest, patience: 60_000 }, now, signal);
        if (agreement.state === 'gathering')
          throw new WaitingError('ZB-TST-001', 'Gathering', 'not agreed yet', agreement.until - now);
        if (agreement.state === 'failed') {
          again(agreement.again - now);
          throw new WaitingError('ZB-TST-002', agreement.outcome, 'not agreed', agreement.again - now);
        }
        status.set({ seen: agreement.epoch, ...(!agreement.overtaken && { doubled: spec.number }) });
      },
    ],
  };
  return { name: 'wishes', controllers: [grant] };
}

/** A centre with that module beside topology. */
class Wisher {
  readonly centre: TestCentre;
  readonly #grant: ControllerDefinition<Wish>;

  constructor(centre: TestCentre, number = 3, subject = 'wish/population/population') {
    this.centre = centre;
    const { dependencies } = centre.operator;
    const { agreements } = centre.module;
    [this.#grant] = wishes({ ...dependencies, agreements }, subject).controllers;
    centre.operator.have(wishType, wish('many', number));
  }

  /** One run. @returns in one word how it ended */
  async run(): Promise<string> {
    const { end, status } = await this.centre.operator.reconcile(this.#grant, KEY);
    return end.kind === 'waiting' ? end.error.reason : `${end.kind} at ${String(status?.seen)}`;
  }

  get status(): unknown {
    return this.centre.operator.server.find(wishType, KEY)?.status;
  }

  /** Epochs that it has claimed. */
  get claims(): readonly unknown[] {
    return this.centre.operator.server.list(claimType).map(({ spec }) => claimKind.spec.parse(spec).epoch);
  }
}

/** Time passes, and every operator of topology does what it has to. */
async function settle(site: TestSite, seconds = 3): Promise<void> {
  for (let round = 0; round < seconds; round += 1) {
    await site.pass(1_000);
    for (const centre of site.all) {
      await centre.run('topology');
      for (const { metadata } of centre.operator.server.list(claimType))
        await centre.run('claim', metadata.name);
    }
  }
}

describe('a module that needs the agreement of the centres', () => {
  it('waits until they have agreed, and then acts at the epoch of the agreement', async () => {
    const site = new TestSite();
    const wisher = new Wisher(site.centre('local-dr'));
    expect(await wisher.run()).toBe('Gathering');
    await settle(site);
    expect(await wisher.run()).toBe('done at 1');
  });

  it('makes one claim however often it runs, also after a restart', async () => {
    const site = new TestSite();
    const wisher = new Wisher(site.centre('local-dr'));
    for (let run = 0; run < 3; run += 1) await wisher.run();
    const restarted = new Wisher(site.restart('local-dr'));
    expect(await restarted.run()).toBe('Gathering');
    await settle(site);
    expect(await restarted.run()).toBe('done at 1');
    expect(restarted.claims).toEqual([1]);
  });

  it('does not act while it is cut off, tries again at the next epoch after longer and longer waits', async () => {
    const site = new TestSite();
    await site.pass(1_000);
    const wisher = new Wisher(site.centre('production'));
    for (const peer of ['local-dr', 'remote-dr']) wisher.centre.link(peer).cut = true;
    await wisher.run();
    await settle(site, 61);
    expect(await wisher.run()).toBe('Expired');
    expect(wisher.claims).toEqual([1]);
    await settle(site, 6);
    expect(await wisher.run()).toBe('Gathering');
    expect(wisher.claims).toEqual([1, 2]);
    for (const peer of ['local-dr', 'remote-dr']) wisher.centre.link(peer).cut = false;
    // Watches that were cut off are tried again after half a minute at most.
    await settle(site, 35);
    expect(await wisher.run()).toBe('done at 2');
  });

  it('is told when somebody has claimed something after it, and of two that want otherwise both get their turn', async () => {
    const site = new TestSite();
    const [one, other] = [new Wisher(site.centre('production'), 1), new Wisher(site.centre('local-dr'), 2)];
    await one.run();
    await settle(site);
    expect(await one.run()).toBe('done at 1');
    await other.run();
    // Longer than a turn of votes.
    await settle(site, 12);
    expect(await other.run()).toBe('done at 2');
    expect(one.status).toMatchObject({ seen: 1, doubled: 1 });
    await one.run();
    expect(one.status).toMatchObject({ seen: 1 });
    expect(one.status).not.toHaveProperty('doubled');
  });
});

describe('a centre that is not itself any more', () => {
  /** Writes what no operator would into the API of a centre. */
  function pretend(site: TestSite, epoch: number): void {
    const { operator } = site.centre('production');
    operator.have(resourceTypeOf(placementKind), { ...PLACEMENT, spec: { ...PLACEMENT.spec, epoch } });
    operator.have(resourceTypeOf(placementKind), {
      ...PLACEMENT,
      metadata: { namespace: 'population', name: 'without' },
      spec: undefined,
    });
    for (const [name, spec] of [
      [ballotName({ subject: SUBJECT, epoch }), claimExample({ epoch, claimant: 'production' }).spec],
      ['without', undefined],
    ] as const)
      operator.have(claimType, { apiVersion: API_VERSION, kind: 'Claim', metadata: { name }, spec });
  }

  it('keeps the others from no agreement, whatever epoch it tells and whatever it cannot mean', async () => {
    const site = new TestSite();
    pretend(site, Number.MAX_SAFE_INTEGER);
    await site.pass(1_000);
    const wisher = new Wisher(site.centre('local-dr'), 3, SUBJECT);
    await wisher.run();
    await settle(site);
    expect(await wisher.run()).toBe('done at 2');
  });

  it('gets no vote about groups that are not there', async () => {
    const site = new TestSite();
    const [production, remote] = [site.centre('production'), site.centre('remote-dr')];
    const deadline = production.operator.clock.now() + 60_000;
    const claim = (subject: string, epoch: number): Promise<unknown> =>
      production.module.claims.propose({ subject, epoch, digest: exampleDigest('x'), deadline });
    for (let index = 1; index <= 5; index += 1) await claim(`placement/population/invented-${index}`, 1);
    await settle(site);
    expect(remote.operator.server.list(voteType)).toEqual([]);
  });
});

describe('a centre that has lost its Placements', () => {
  it('still votes about the groups of its datasets, so that two of three are enough', async () => {
    const site = new TestSite();
    const { operator } = site.centre('remote-dr');
    const placementType = resourceTypeOf(placementKind);
    const [placement] = operator.server.list(placementType);
    if (placement !== undefined) operator.server.delete(placementType, placement);
    operator.have(resourceTypeOf(datasetKind), {
      apiVersion: API_VERSION,
      kind: 'Dataset',
      metadata: { namespace: 'population', name: 'people' },
      spec: { protectionGroup: 'population' },
    });
    await site.pass(1_000);
    const local = site.centre('local-dr');
    local.link('production').cut = true;
    site.centre('production').link('local-dr').cut = true;
    const wisher = new Wisher(local, 3, SUBJECT);
    await wisher.run();
    await settle(site);
    expect(await wisher.run()).toBe('done at 2');
  });
});
