import { describe, expect, test } from 'vitest';
import { describeInstance, requireCentre } from '../instance.ts';
import { blackholeRoutes, hostRoute, peerRoutes } from './routes.ts';

const instance = describeInstance('lab', 0, '/state');
const production = requireCentre(instance, 'production');
const remoteDr = requireCentre(instance, 'remote-dr');

describe('routes of a centre', () => {
  test('lead to a peer over their own link, under the own address', () => {
    expect(peerRoutes(production, remoteDr)).toEqual([
      'route replace 10.90.0.3/32 dev to-3 src 10.90.0.1',
      'route replace 10.91.3.0/24 via 10.90.0.3 dev to-3 onlink src 10.90.0.1',
    ]);
  });

  test('swallow what is for any peer when its link is down', () => {
    expect(blackholeRoutes(instance, production)).toEqual([
      'route replace blackhole 10.90.0.2/32 metric 4096',
      'route replace blackhole 10.91.2.0/24 metric 4096',
      'route replace blackhole 10.90.0.3/32 metric 4096',
      'route replace blackhole 10.91.3.0/24 metric 4096',
    ]);
  });

  test('are known to the machine, so that a person reaches pods', () => {
    expect(hostRoute(instance, remoteDr)).toBe('route replace 10.91.3.0/24 via 10.90.0.3 dev zb-lab');
  });
});
