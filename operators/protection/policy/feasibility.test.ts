import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../api/index.ts';
import { LISTED_MISFITS } from '../../api/kinds/protection-policy-status.ts';
import { shippedProfiles } from '../../api/profiles/shipped-profiles.ts';
import { labSite } from '../testing/lab-site.ts';
import { datasetsOf, judgeFeasibility, tellFeasibility, type TransferFacts } from './feasibility.ts';

const site = await labSite();
const profile = shippedProfiles().profiles.find(({ metadata }) => metadata.name === 'fujian-2023');
const policy = site.policies.find(({ spec }) => spec.class === 'general');
const economy = site.datasets.find(({ metadata }) => metadata.name === 'economy');
if (profile === undefined || policy === undefined || economy === undefined)
  throw new Error('the lab lacks what this test is about');

/** Facts of the lab with other datasets; its long-haul lines have 200 Mbit/s, of which the profile counts on 0.7. */
function factsWith(datasets: readonly Dataset[], rest: Partial<TransferFacts> = {}): TransferFacts {
  const { topology, zones, policies, stores } = site;
  return {
    topology,
    zones,
    policies,
    stores,
    profile: profile as NonNullable<typeof profile>,
    datasets,
    ...rest,
  };
}

/** A general dataset, backed up each hour, with that many bytes changed a day. */
function dataset(name: string, dailyChange: string): Dataset {
  const like = economy as NonNullable<typeof economy>; // checked above
  return { ...like, metadata: { ...like.metadata, name }, spec: { ...like.spec, dailyChange } };
}

describe('feasibility', () => {
  it('holds the changes of an interval against the line: 1.5 TB a day fit 200 Mbit/s, 2 TiB do not', () => {
    // 200 Mbit/s × 0.7 × 86 400 s = 1.512 × 10^12 bytes a day.
    const datasets = [dataset('small', '1GiB'), dataset('large', '2TiB'), dataset('larger', '4TiB')];
    const feasibility = judgeFeasibility(datasets, factsWith(datasets));
    expect(feasibility).toEqual({
      judged: 3,
      unjudged: 0,
      exceeding: 2,
      exceedingDatasets: [
        { dataset: 'economy/larger', link: 'long-haul', needs: '2h54m32s', interval: '1h' },
        { dataset: 'economy/large', link: 'long-haul', needs: '1h27m16s', interval: '1h' },
      ],
      overloadedLinks: ['long-haul'],
    });
    expect(tellFeasibility(feasibility)).toMatchObject({ status: 'False', reason: 'ChangesExceedLink' });
  });

  it('tells of datasets that fit alone and not together', () => {
    const datasets = [dataset('one', '900GiB'), dataset('other', '900GiB')];
    const feasibility = judgeFeasibility(datasets, factsWith(datasets));
    expect(feasibility).toMatchObject({ exceeding: 0, overloadedLinks: ['long-haul'] });
    expect(tellFeasibility(feasibility)).toMatchObject({ status: 'False', reason: 'LinkOverloaded' });
  });

  it('counts all that exceed, and lists a bounded number, the worst first', () => {
    const datasets = Array.from({ length: 50 }, (_, index) => dataset(`d${index}`, `${index + 2}TiB`));
    const { exceeding, exceedingDatasets = [] } = judgeFeasibility(datasets, factsWith(datasets));
    expect(exceeding).toBe(50);
    expect(exceedingDatasets).toHaveLength(LISTED_MISFITS);
    expect(exceedingDatasets[0]?.dataset).toBe('economy/d49');
  });

  it('is unknown, not fine, where no line leads to the store', () => {
    const datasets = [dataset('one', '1MiB')];
    const feasibility = judgeFeasibility(datasets, factsWith(datasets, { stores: [] }));
    expect(feasibility).toEqual({ judged: 0, unjudged: 1, exceeding: 0 });
    expect(tellFeasibility(feasibility)).toMatchObject({ status: 'Unknown', reason: 'NoLink' });
  });

  it('is fine for a policy that protects nothing', () => {
    expect(tellFeasibility(judgeFeasibility([], factsWith([])))).toMatchObject({ status: 'True' });
  });
});

describe('the datasets of a policy', () => {
  it('are those of its class; important ones are also those without a class', () => {
    const unclassified = { ...economy, spec: { ...economy.spec, class: undefined } };
    const facts = { policies: site.policies, datasets: [economy, unclassified] };
    const [core, important, general] = ['core', 'important', 'general'].map((dataClass) =>
      site.policies.filter(({ spec }) => spec.class === dataClass).flatMap((one) => datasetsOf(one, facts)),
    );
    expect([core, important, general]).toEqual([[], [unclassified], [economy]]);
  });

  it('are none of the second policy of a class: the first protects them', () => {
    const second = { ...policy, metadata: { name: 'zz-general' } };
    const facts = { policies: [...site.policies, second], datasets: [economy] };
    expect(datasetsOf(second, facts)).toEqual([]);
    expect(datasetsOf(policy, facts)).toEqual([economy]);
  });
});
