import { describe, expect, it } from 'vitest';
import { didYouMean, nearestName } from './nearest-name.ts';

const FIELDS = ['profile', 'regions', 'centres', 'links', 'podCidrs', 'nodeCidrs'];

describe('the nearest name', () => {
  it.each([
    ['centers', 'centres'],
    ['Centres', 'centres'],
    ['pod-cidrs', 'podCidrs'],
    ['podCIDR', 'podCidrs'],
    ['lnks', 'links'],
  ])('%s is taken for %s', (written, meant) => {
    expect(nearestName(written, FIELDS)).toBe(meant);
  });

  it.each(['bandwidth', 'x', ''])('"%s" is near nothing', (written) => {
    expect(nearestName(written, FIELDS)).toBeUndefined();
  });

  it('asks, and says nothing where nothing is near', () => {
    expect(didYouMean('profil', FIELDS)).toBe('did you mean "profile"?');
    expect(didYouMean('bandwidth', FIELDS)).toBeUndefined();
  });
});
