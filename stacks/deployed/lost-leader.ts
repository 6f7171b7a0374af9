import { describe, expect, it, onTestFailed, vi } from 'vitest';
import { OPERATOR } from '../../operators/api/layout/identities.ts';
import type { DeployedCentre } from '../testing/deployed-centre.ts';
import type { DeployedSite } from '../testing/deployed-site.ts';
import { desiredAndDerived } from '../testing/document-snapshot.ts';

/** How long a lease lasts of which nothing is heard, in milliseconds: before that nobody else may take it. */
const LEASE = 15_000;

/** A record of a journal, as `zaibei journal show -o json` prints it. */
interface JournalRecord {
  readonly kind: string;
  readonly actor: string;
}

/** An event, as far as it tells whether something was told twice. */
interface OperatorEvent {
  readonly reportingController?: string;
  readonly reason: string;
  readonly note: string;
  readonly regarding: { readonly name: string };
  readonly series?: { readonly count: number };
}

/** The leader of a centre dies without a word, and its pod with it. */
export function lostLeader(site: () => DeployedSite): void {
  describe('a leader that is killed', () => {
    it('is followed by the other replica as the lease has it, and nothing is done twice', async () => {
      const centre = site().centre('production');
      const folder = await centre.journalFolder();
      const before = {
        lease: await centre.lease(),
        records: await recordsIn(site(), folder),
        events: await eventsOf(centre),
        documents: await desiredAndDerived([centre]),
      };
      const others = (await centre.operators()).map(({ metadata }) => metadata?.name ?? '');
      const standby = others.find((name) => name !== before.lease.pod);

      // What would come in its place finds no node: it is the standby that must lead, and not a third one.
      await centre.kubectl(`cordon ${centre.name}`);
      onTestFailed(async () => {
        await centre.kubectl(`uncordon ${centre.name}`);
      });
      await centre.kill(before.lease.pod);
      await centre.kubectl(`delete pod ${before.lease.pod} --grace-period=0 --force`);
      const after = await vi.waitFor(async () => {
        const lease = await centre.lease();
        expect(lease.pod).toBe(standby);
        return lease;
      }, site().patience);
      expect(after.acquired - before.lease.renewed).toBeGreaterThan(LEASE);

      await centre.kubectl(`uncordon ${centre.name}`);
      await centre.kubectl(`rollout status deployment/${OPERATOR} --timeout=120s`);
      const change = { kind: 'leader-change', actor: `pod/${standby ?? ''}` };
      await vi.waitFor(async () => {
        const records = await recordsIn(site(), folder);
        expect(records.slice(before.records.length)).toEqual([expect.objectContaining(change)]);
        expect(records.slice(0, before.records.length)).toEqual(before.records);
      }, site().patience);
      // By now it has looked at every document, and found nothing to be done.
      await vi.waitFor(async () => {
        const page = await centre.metricsPage(after.pod);
        const runs = page.matchAll(/^zaibei_reconciles_total\{.*\} (\d+)$/gm);
        const looks = [...runs].reduce((sum, [, count]) => sum + Number(count), 0);
        expect(looks).toBeGreaterThan(Object.keys(before.documents).length);
      }, site().patience);
      expect(await desiredAndDerived([centre])).toEqual(before.documents);
      expect(await eventsOf(centre)).toEqual(before.events);
      const { exitCode, output } = await site().zaibei(`journal verify --journal ${folder}`);
      expect(exitCode, output).toBe(0);
    });
  });
}

async function recordsIn(site: DeployedSite, folder: string): Promise<readonly JournalRecord[]> {
  const { stdout } = await site.zaibei(`journal show --journal ${folder} -o json`);
  return JSON.parse(stdout) as JournalRecord[];
}

/** What the operator has told of any object, and how often. */
async function eventsOf(centre: DeployedCentre): Promise<readonly string[]> {
  const what = 'events.events.k8s.io --all-namespaces -o json';
  const { items } = JSON.parse(await centre.kubectl(`get ${what}`)) as {
    items: readonly OperatorEvent[];
  };
  return items
    .filter(({ reportingController }) => reportingController === OPERATOR)
    .map(({ reason, note, regarding, series }) => `${regarding.name} ${reason} ${note} ${series?.count ?? 1}`)
    .sort();
}
