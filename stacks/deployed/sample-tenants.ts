import { beforeAll, describe, expect, it, vi } from 'vitest';
import { LABELS } from '../../operators/api/layout/labels.ts';
import { copiesNamespace } from '../../operators/api/layout/namespaces.ts';
import type { DeployedSite } from '../testing/deployed-site.ts';
import { expectReach } from '../testing/asking-pod.ts';
import { expectNothingLost, WRITTEN } from '../testing/writer-ledger.ts';

/** What `lab status -o json` says of the tenants. */
interface TenantReport {
  readonly tenants: readonly {
    readonly tenant: string;
    readonly state: string;
    readonly written?: { readonly sequence: number; readonly outcome: string };
  }[];
}

/** Departments bring their data into the zone, and use it. */
export function sampleTenants(site: () => DeployedSite): void {
  describe('the sample tenants', () => {
    beforeAll(() => site().lab('tenants --size small'));

    it('run in their home, and are written into', async () => {
      await vi.waitFor(async () => {
        expect(await tenantsOf(site())).toEqual([
          ...WRITTEN.map((tenant) => ({
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
      await expectReach(site(), [
        { centre: 'production', who: { namespace: 'population' }, to: service, reaches: true },
        { centre: 'production', who: { namespace: 'civil-affairs' }, to: service, reaches: true },
        { centre: 'production', who: { namespace: 'trading' }, to: service, reaches: false },
        { centre: 'production', who: { namespace: 'trading' }, to: `${address}:30432`, reaches: false },
        {
          centre: 'local-dr',
          who: { ...copies, labels: { [LABELS.dataset]: 'population' } },
          to: `${address}:30432`,
          reaches: true,
        },
        { centre: 'local-dr', who: copies, to: `${address}:30432`, reaches: false },
        { centre: 'local-dr', who: { namespace: 'population' }, to: `${address}:30432`, reaches: false },
      ]);
    });
  });
}

/** Whatever has happened to their home meanwhile: now it is there again. */
export function keptTenants(site: () => DeployedSite): void {
  it('finds its tenants writing again, and all that they were told is kept', async () => {
    await expectWriting(site());
    await expectNothingLost(site());
    await site().lab('write stop');
  });
}

/** Each writer is told of a change that is kept, after those that it was told of before. */
async function expectWriting(site: DeployedSite): Promise<void> {
  const before = await tenantsOf(site);
  await vi.waitFor(async () => {
    for (const [index, { tenant, written }] of (await tenantsOf(site)).entries()) {
      if (before[index]?.written === undefined) continue;
      expect(written?.outcome, tenant).toBe('acknowledged');
      expect(written?.sequence, tenant).toBeGreaterThan(before[index].written.sequence);
    }
  }, site.patience);
}

async function tenantsOf(site: DeployedSite): Promise<TenantReport['tenants']> {
  return (JSON.parse(await site.lab('status -o json')) as TenantReport).tenants;
}
