import { beforeAll, describe, expect, it } from 'vitest';
import { ProtectedCentre } from '../testing/protected-centre.ts';

/** The series of a metric of the lab's production centre, as they are served. */
async function series(centre: ProtectedCentre, name: string): Promise<string[]> {
  const page = (await centre.operator.metrics.render()).toString();
  return page.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
}

describe('the metrics of protection', () => {
  let centre: ProtectedCentre;

  beforeAll(async () => {
    centre = await ProtectedCentre.open();
  });

  it('tell every dataset as unknown, and as not covered, before it was judged', async () => {
    const lines = await series(centre, 'zaibei_datasets');
    expect(lines).toHaveLength(3 * 4 * 3);
    expect(lines).toContain('zaibei_datasets{class="important",condition="Protected",status="Unknown"} 3');
    expect(await series(centre, 'zaibei_datasets_uncovered')).toEqual([
      'zaibei_datasets_uncovered{class="core"} 0',
      'zaibei_datasets_uncovered{class="important"} 3',
      'zaibei_datasets_uncovered{class="general"} 1',
    ]);
  });

  it('tell what the statuses say, all states of each', async () => {
    await centre.run('dataset', 'population/population');
    await centre.run('policy', 'important');
    await centre.run('zone', 'province');
    const important = (await series(centre, 'zaibei_datasets')).filter((line) =>
      line.includes('class="important",condition="Realtime"'),
    );
    expect(important.map((line) => line.split('status=')[1])).toEqual([
      '"True"} 0',
      '"False"} 1',
      '"Unknown"} 2',
    ]);
    expect(await series(centre, 'zaibei_protection_policy_next_slot_timestamp_seconds')).toEqual([
      `zaibei_protection_policy_next_slot_timestamp_seconds{policy="important"} ${Date.parse('2026-11-23T04:15:00Z') / 1000}`,
    ]);
    expect(await series(centre, 'zaibei_protection_policy_condition')).toContain(
      'zaibei_protection_policy_condition{policy="important",condition="Ready",status="True"} 1',
    );
    expect(await series(centre, 'zaibei_zone_condition')).toContain(
      'zaibei_zone_condition{zone="province",condition="Covered",status="True"} 1',
    );
  });

  it('tell of a condition that judged an older generation that it is unknown', async () => {
    centre.change('policy', 'important', { version: 'lab-2' });
    expect(await series(centre, 'zaibei_protection_policy_condition')).toContain(
      'zaibei_protection_policy_condition{policy="important",condition="Ready",status="Unknown"} 1',
    );
  });

  it('tell the granted quota, and the used one only where all of it is known', async () => {
    expect(await series(centre, 'zaibei_zone_memory_bytes')).toEqual([
      `zaibei_zone_memory_bytes{zone="province",bound="granted"} ${2 * 1024 ** 3}`,
    ]);
    expect(await series(centre, 'zaibei_zone_tenants')).toEqual([
      'zaibei_zone_tenants{zone="province",state="declared"} 5',
      'zaibei_zone_tenants{zone="province",state="standing"} 5',
      'zaibei_zone_tenants{zone="province",state="undeclared"} 0',
    ]);
  });

  it('go with their objects, and give rise to no failure', async () => {
    centre.remove('policy', 'general');
    expect((await series(centre, 'zaibei_protection_policy_condition')).join()).not.toContain('general');
    const failures = await series(centre, 'zaibei_metrics_failures_total');
    expect(failures.filter((line) => !line.endsWith(' 0'))).toEqual([]);
  });
});
