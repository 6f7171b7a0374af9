import { describe, expect, test } from 'vitest';
import { describeInstance } from '../instance.ts';
import { findConflicts, type HostNetwork } from './conflicts.ts';
import type { Link } from './ip.ts';
import { LINK_GROUP } from './link-names.ts';

const instance = describeInstance('lab', 0, '/state');
const link = (ifname: string, group = 'default'): Link => ({ ifname, group, operstate: 'UP', flags: [] });
const empty: HostNetwork = { links: [link('lo'), link('eth0')], addresses: [], routes: [] };

describe('what is in the way of an instance', () => {
  test('is nothing on a machine that uses other names and addresses', () => {
    const addresses = [{ link: 'eth0', network: '192.0.2.2/24' }];
    expect(findConflicts(instance, { ...empty, addresses })).toEqual([]);
  });

  test('is not the instance itself', () => {
    const ours = {
      links: [link('zb-lab', String(LINK_GROUP)), link('zb-lab-1', String(LINK_GROUP))],
      addresses: [{ link: 'zb-lab', network: '10.90.0.254/24' }],
      routes: [{ dst: '10.91.1.0/24', dev: 'zb-lab' }],
    };
    expect(findConflicts(instance, ours)).toEqual([]);
  });

  test('is a stranger under one of its names, an address in one of its networks, a route to one of them', () => {
    const host = {
      links: [link('zb-lab'), link('zb-lab-2'), link('zb-labor-1'), link('tun0')],
      addresses: [{ link: 'tun0', network: '10.90.0.9/16' }],
      routes: [{ dst: '10.91.2.0/28', dev: 'tun0' }, { dst: '10.91.0.0/16' }],
    };
    expect(findConflicts(instance, host)).toEqual([
      'a network link named zb-lab, which the lab did not make',
      'a network link named zb-lab-2, which the lab did not make',
      'address 10.90.0.9/16 on link tun0',
      'a route to 10.91.2.0/28 by link tun0',
      'a route to 10.91.0.0/16',
    ]);
  });

  test('includes another instance that has its addresses', () => {
    const addresses = [{ link: 'zb-blue', network: '10.90.0.254/24' }];
    const links = [link('zb-blue', String(LINK_GROUP))];
    expect(findConflicts(instance, { ...empty, links, addresses })).toHaveLength(1);
  });
});
