import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSite, requireSite } from './load-site.ts';

const LAB = path.resolve(import.meta.dirname, '../../../config/lab');
const FUJIAN = path.resolve(import.meta.dirname, '../../../config/fujian');

/** Codes and documents of the findings, without the places. */
async function findingsIn(directory: string): Promise<string[]> {
  const { findings } = await loadSite(directory);
  return findings.map(({ severity, code, subject }) => `${severity} ${code} ${subject}`);
}

describe('the lab', () => {
  it('has no error, and warns only that its places are invented', async () => {
    expect(await findingsIn(LAB)).toEqual([
      'warning ZB-TOP-006 Topology lab',
      'warning ZB-TOP-006 Topology lab',
    ]);
  });

  it('is two places and three centres [T-01]', async () => {
    const { topology } = await requireSite(LAB);
    expect(topology.spec.centres.map(({ name, region }) => `${name} in ${region}`)).toEqual([
      'production in city-a',
      'local-dr in city-a',
      'remote-dr in city-b',
    ]);
  });

  it('shows every kind of dataset that has an engine, and every class of policy [D-03]', async () => {
    const { datasets, policies } = await requireSite(LAB);
    const kinds = ['postgres', 'files', 'clusterState'] as const;
    expect(kinds.every((kind) => datasets.some(({ spec }) => spec[kind] !== undefined))).toBe(true);
    expect(policies.map(({ spec }) => spec.class)).toEqual(['core', 'important', 'general']);
  });
});

describe('Fujian', () => {
  it('has no error; it warns of what is inferred or invented, and of the gap of its two level-3 systems [S-06]', async () => {
    expect(await findingsIn(FUJIAN)).toEqual([
      'warning ZB-CLP-001 Dataset population/population',
      'warning ZB-CLP-001 Dataset licences/licences',
      'warning ZB-TOP-006 Topology fujian',
      'warning ZB-TOP-006 Topology fujian',
      'warning ZB-TOP-006 Topology fujian',
      'warning ZB-TOP-006 Topology fujian',
    ]);
  });

  it('has ten municipal clouds, each a centre with a zone and a platform that is cascaded to the province [T-09, T-11]', async () => {
    const { topology, zones } = await requireSite(FUJIAN);
    const cities = topology.spec.centres.filter(({ role }) => role === 'municipal').map(({ name }) => name);
    expect(cities).toHaveLength(10);
    for (const city of cities) {
      const zone = zones.find(({ spec }) => spec.level === 'city' && spec.centres.includes(city));
      expect(
        zone?.spec.platforms.map(({ kind, upstream }) => [kind, upstream?.platform, upstream?.link]),
      ).toEqual([['municipal', 'provincial', 'cascade']]);
    }
  });

  it('marks the list of the ten as inferred, and the real centres as invented', async () => {
    const { topology } = await requireSite(FUJIAN);
    const sources = topology.spec.centres.map(({ role, source }) => `${role} ${source}`);
    expect(new Set(sources)).toEqual(
      new Set(['production fictitious', 'local-dr fictitious', 'remote-dr fictitious', 'municipal inferred']),
    );
  });

  it('keeps 平潭 beside 福州 in the tree of regions, not within it [T-10]', async () => {
    const { topology } = await requireSite(FUJIAN);
    expect(topology.spec.regions.find(({ name }) => name === 'pingtan')).toMatchObject({
      level: 'city',
      parent: 'fujian',
      source: 'inferred',
    });
  });

  it('gives every dataset a timed leg, and important data a real-time one [D-01, D-02]', async () => {
    const { datasets, policies } = await requireSite(FUJIAN);
    for (const { spec } of datasets) {
      const policy = policies.find((candidate) => candidate.spec.class === spec.class);
      expect(policy?.spec.timed).toBeDefined();
      expect(policy?.spec.realtime !== undefined).toBe(spec.class === 'important');
    }
  });
});
