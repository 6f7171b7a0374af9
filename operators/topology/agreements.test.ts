import { describe, expect, it } from 'vitest';
import { claimKind } from '../api/index.ts';
import { canonicalJson, digestOf } from '../evidence/index.ts';
import {
  keyOf,
  trigger,
  WaitingError,
  type ControllerDefinition,
  type Dependencies,
  type ControllerModule,
  type WithAgreements,
} from '../runtime/index.ts';
import { wish, wishKind, wishType, type Wish } from '../runtime/testing/wish-kind.ts';
import { TestSite, type TestCentre } from './testing/test-site.ts';
import { claimType } from './votes/ballot-types.ts';

const KEY = 'tenant/many';

/** A module as another domain folder would have it: a wish is granted once the centres have agreed to it. */
function wishes({ agreements, readers }: Dependencies & WithAgreements): ControllerModule & {
  readonly controllers: readonly [ControllerDefinition<Wish>];
} {
  const reader = readers.of(wishType);
  const grant: ControllerDefinition<Wish> = {
    name: 'wish',
    kind: wishKind,
    triggers: [trigger(agreements.changes, () => [...reader.all()].map(keyOf))],
    steps: [
      async ({ key, spec, status, now, signal, again }) => {
        const digest = digestOf(canonicalJson({ spec }));
        const agreement = await agreements.ensure(
          { subject: `wish/${key}`, digest, patience: 60_000 },
          now,
          signal,
        );
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

  constructor(centre: TestCentre, number = 3) {
    this.centre = centre;
    const { dependencies } = centre.operator;
    const { agreements } = centre.module;
    [this.#grant] = wishes({ ...dependencies, agreements }).controllers;
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
    await settle(site);
    expect(await other.run()).toBe('done at 2');
    expect(one.status).toMatchObject({ seen: 1, doubled: 1 });
    await one.run();
    expect(one.status).toMatchObject({ seen: 1 });
    expect(one.status).not.toHaveProperty('doubled');
  });
});
