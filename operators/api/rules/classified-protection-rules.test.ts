import { describe, expect, it } from 'vitest';
import { judge, set } from './testing/example-site.ts';

const IMPORTANT = 'ProtectionPolicy important';
const POPULATION = 'Dataset population';
const SITE = 'Site example';

describe('the union of policy and 等保', () => {
  it('important data of level 3 without a real-time copy off site is a warning [S-06]', () => {
    expect(judge(set(POPULATION, 'spec.system.securityLevel', 3))).toEqual([
      'warning ZB-CLP-001 Dataset population/population, spec.system.securityLevel: 等保 level 3, 8.1.4.9 b) asks for a real-time copy off site (异地实时备份), which the policy important does not give',
    ]);
  });

  it('important data of level 3 without a real-time copy off site is refused by a strict site [S-06]', () => {
    expect(judge(set(POPULATION, 'spec.system.securityLevel', 3), set(SITE, 'spec.strict', true))).toEqual([
      'error ZB-CLP-001 Dataset population/population, spec.system.securityLevel: 等保 level 3, 8.1.4.9 b) asks for a real-time copy off site (异地实时备份), which the policy important does not give',
    ]);
  });

  it('important data without a local copy is a warning from level 1 on [S-06]', () => {
    expect(judge(set(IMPORTANT, 'spec.timed.localCopy', false))).toEqual([
      'warning ZB-CLP-001 Dataset population/population, spec.system.securityLevel: 等保 level 1 asks for a point-in-time copy in the home locality (本地备份), which the policy important does not give',
      'warning ZB-CLP-001 Dataset zaibei-system/zone-state, spec.system.securityLevel: 等保 level 1 asks for a point-in-time copy in the home locality (本地备份), which the policy important does not give',
    ]);
  });

  it('level 3 is met where the profile lets the local DR centre count as off site [S-06]', () => {
    const local = set('PolicyProfile fujian-2023', 'spec.localSiteCountsAsOffsite.value', true);
    expect(judge(set(POPULATION, 'spec.system.securityLevel', 3), local)).toEqual([]);
  });
});
