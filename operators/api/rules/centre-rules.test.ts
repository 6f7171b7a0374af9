import { describe, expect, it } from 'vitest';
import { append, judge, remove, set } from './testing/example-site.ts';

const TOPOLOGY = 'Topology example';

describe('the shape of 两地三中心', () => {
  it('a missing remote centre is named [T-01]', () => {
    expect(judge(set(TOPOLOGY, 'spec.centres.2.role', 'municipal'))).toEqual([
      'error ZB-TOP-001 Topology example, spec.centres: found no centre of the role remote-dr; the profile fujian-2023 has exactly 1',
      'error ZB-PLT-006 Topology example, spec.centres[2].name: remote-dr has no cascade link to a centre of the province',
    ]);
  });

  it('a remote centre in the city of production is refused [T-01]', () => {
    expect(judge(set(TOPOLOGY, 'spec.centres.2.region', 'city-a'))).toEqual([
      'error ZB-TOP-002 Topology example, spec.centres[2].region: stands in city-a like production; a remote-dr centre stands in another city',
      'warning ZB-LNK-006 Topology example, spec.links[1].type: found long-haul; the ends stand both in city-a, so it is metro',
      'warning ZB-LNK-006 Topology example, spec.links[2].type: found long-haul; the ends stand both in city-a, so it is metro',
    ]);
  });

  it('a local centre in another city is refused [T-01]', () => {
    expect(judge(set(TOPOLOGY, 'spec.centres.1.region', 'city-b'))).toEqual([
      'error ZB-TOP-002 Topology example, spec.centres[1].region: stands in city-b while production stands in city-a; a local-dr centre stands in the city of production',
      'warning ZB-LNK-006 Topology example, spec.links[0].type: found metro; the ends stand in city-a and in city-b, so it is long-haul',
      'warning ZB-LNK-006 Topology example, spec.links[2].type: found long-haul; the ends stand both in city-b, so it is metro',
      'error ZB-TIM-005 ProtectionPolicy important, spec.timed.localCopy: keeps a local copy, and no BackupStore stands in the city of production',
    ]);
  });

  it('a hazard that would take production and remote DR together is refused [T-01]', () => {
    expect(judge(append(TOPOLOGY, 'spec.centres.2.hazards', { category: 'typhoon', area: 'coast' }))).toEqual(
      [
        'error ZB-TOP-003 Topology example, spec.centres[2].hazards[1]: shares the typhoon area coast with production; one such disaster would take both',
      ],
    );
  });

  it('a remote centre that names no hazard is pointed out [T-01]', () => {
    expect(judge(remove(TOPOLOGY, 'spec.centres.2.hazards'))).toEqual([
      'warning ZB-TOP-004 Topology example, spec.centres[2].hazards: remote-dr names no hazard, so that none can be compared',
    ]);
  });

  it('a remote centre nearer than the profile allows is refused [T-01]', () => {
    expect(judge(set(TOPOLOGY, 'spec.centres.2.position', { latitude: 0.5, longitude: 0.5 }))).toEqual([
      'error ZB-TOP-005 Topology example, spec.centres[2].position: 79 km from production; the profile fujian-2023 (proposal) expects at least 100 km between production and remote-dr',
    ]);
  });

  it('a remote centre nearer than the profile expects is pointed out [T-01]', () => {
    expect(judge(set(TOPOLOGY, 'spec.centres.2.position', { latitude: 1, longitude: 1 }))).toEqual([
      'warning ZB-TOP-005 Topology example, spec.centres[2].position: 157 km from production; the profile fujian-2023 (proposal) expects at least 200 km between production and remote-dr',
    ]);
  });

  it('a local centre farther than the profile expects is pointed out [T-01]', () => {
    expect(judge(set(TOPOLOGY, 'spec.centres.1.position', { latitude: 1, longitude: 1 }))).toEqual([
      'warning ZB-TOP-005 Topology example, spec.centres[1].position: 157 km from production; the profile fujian-2023 (proposal) expects 10 to 100 km between production and local-dr',
    ]);
  });

  it('what is only inferred is listed', () => {
    expect(judge(set(TOPOLOGY, 'spec.centres.3.source', 'inferred'))).toEqual([
      'warning ZB-TOP-006 Topology example, spec.centres: 1 of 4 centres are inferred: municipal',
    ]);
  });

  it("how many centres there are is the profile's business: one with two remote centres takes two [T-01]", () => {
    const second = {
      name: 'remote-2',
      displayName: '第二异地灾备中心',
      role: 'remote-dr',
      region: 'city-b',
      networkDomain: 'extranet',
      hazards: [{ category: 'flood', area: 'other-basin' }],
      position: { latitude: 3, longitude: 3 },
      apiServer: 'https://10.0.5.10:6443',
      nodeCidrs: ['10.0.5.0/24'],
      podCidrs: ['10.5.0.0/16'],
      owner: { organisation: '省大数据集团' },
    };
    const link = { type: 'long-haul', bandwidth: '100Mbit', rttCeiling: '20ms' };
    const added = [
      append(TOPOLOGY, 'spec.centres', second),
      append(TOPOLOGY, 'spec.links', { name: 'a', between: ['production', 'remote-2'], ...link }),
      append(TOPOLOGY, 'spec.links', { name: 'b', between: ['local-dr', 'remote-2'], ...link }),
    ];
    expect(judge(...added)).toEqual([
      'error ZB-TOP-001 Topology example, spec.centres: found 2 centres of the role remote-dr (remote-dr, remote-2); the profile fujian-2023 has exactly 1',
    ]);
    expect(judge(...added, set('PolicyProfile fujian-2023', 'spec.roles.2.atMost', 2))).toEqual([]);
  });
});
