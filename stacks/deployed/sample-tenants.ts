import { beforeAll, describe, expect, it, vi } from 'vitest';
import { LABELS } from '../../operators/api/layout/labels.ts';
import { copiesNamespace } from '../../operators/api/layout/namespaces.ts';
import type { DeployedSite } from '../testing/deployed-site.ts';
import { expectEnds } from '../testing/asking-pod.ts';

/** What `lab status -o json` says of the tenants. */
interface TenantReport {
  readonly tenants: readonly {
    readonly tenant: string;
    readonly state: string;
    readonly written?: { readonly sequence: number; readonly outcome: string };
  }[];
}

/** What `lab write judge` says of one tenant, as far as it may be harmed. */
interface Judgement {
  readonly acknowledged: number;
  readonly lost: readonly unknown[];
  readonly altered: readonly unknown[];
}

/** Departments bring their data into the zone, and use it. */
export function sampleTenants(site: () => DeployedSite): void {
  describe('the sample tenants', () => {
    beforeAll(() => site().lab('tenants --size small'));

    it('run in their home, and are written into', async () => {
      await vi.waitFor(async () => {
        expect(await tenantsOf(site())).toEqual([
          ...['population', 'economy', 'licences'].map((tenant) => ({
            tenant,
            state: 'ready',
            written: expect.objectContaining({ outcome: 'acknowledged' }) as object,
          })),
          { tenant: 'civil-affairs', state: 'ready' },
        ]);
      }, site().patience);
    });

    it('are told of by the zone when no dataset names them, and only then', async () => {
      await vi.waitFor(async () => {
        const zone = await site().centre('production').kubectl('get datazone province -o json');
        const { status } = JSON.parse(zone) as {
          status?: { coverage?: { uncovered?: { kind: string; namespace: string; name: string }[] } };
        };
        const listed = status?.coverage?.uncovered?.map(({ kind, namespace }) => `${kind} ${namespace}`);
        expect(listed).toEqual(['PersistentVolumeClaim civil-affairs', 'Deployment civil-affairs']);
      }, site().patience);
    });

    it('are reached by themselves, by whom they were granted to, and by what copies them, and by nobody else', async () => {
      const address = await site().centre('production').nodeAddress();
      const service = 'population-db.population:5432';
      const copies = { namespace: copiesNamespace('population') };
      await expectEnds(site(), [
        { centre: 'production', who: { namespace: 'population' }, to: service, ends: 'Succeeded' },
        { centre: 'production', who: { namespace: 'civil-affairs' }, to: service, ends: 'Succeeded' },
        { centre: 'production', who: { namespace: 'trading' }, to: service, ends: 'Failed' },
        { centre: 'production', who: { namespace: 'trading' }, to: `${address}:30432`, ends: 'Failed' },
        {
          centre: 'local-dr',
          who: { ...copies, labels: { [LABELS.dataset]: 'population' } },
          to: `${address}:30432`,
          ends: 'Succeeded',
        },
        { centre: 'local-dr', who: copies, to: `${address}:30432`, ends: 'Failed' },
        { centre: 'local-dr', who: { namespace: 'population' }, to: `${address}:30432`, ends: 'Failed' },
      ]);
    });
  });
}

/** Whatever has happened to their home meanwhile: now it is there again. */
export function keptTenants(site: () => DeployedSite): void {
  it('finds its tenants writing again, and all that they were told is kept', async () => {
    await expectNothingLost(site());
  });
}

async function expectNothingLost(site: DeployedSite): Promise<void> {
  const before = await tenantsOf(site);
  await vi.waitFor(async () => {
    for (const [index, { tenant, written }] of (await tenantsOf(site)).entries()) {
      if (before[index]?.written === undefined) continue;
      expect(written?.outcome, tenant).toBe('acknowledged');
      expect(written?.sequence, tenant).toBeGreaterThan(before[index].written.sequence);
    }
  }, site.patience);
  const { databases, files } = JSON.parse(await site.lab('write judge')) as Record<
    'databases' | 'files',
    Record<string, Judgement>
  >;
  const judged = { ...databases, ...files };
  expect(Object.keys(judged).sort()).toEqual(['economy', 'licences', 'population']);
  for (const [tenant, judgement] of Object.entries(judged)) {
    expect(judgement, tenant).toMatchObject({ lost: [], altered: [] });
    expect(judgement.acknowledged, tenant).toBeGreaterThan(0);
  }
  await site.lab('write stop');
}

async function tenantsOf(site: DeployedSite): Promise<TenantReport['tenants']> {
  return (JSON.parse(await site.lab('status -o json')) as TenantReport).tenants;
}
