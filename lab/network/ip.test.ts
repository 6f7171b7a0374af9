import { expect, test } from 'vitest';
import { readRoutes } from './ip.ts';

test('routes of the machine are read as networks, those to one address too, and default routes are none', () => {
  const answer = [
    { dst: 'default', gateway: '192.0.2.1', dev: 'eth0' },
    { dst: '192.0.2.0/24', dev: 'eth0', scope: 'link' },
    { type: 'blackhole', dst: '10.90.0.77' },
  ];
  expect(readRoutes(answer)).toEqual([
    { dst: '192.0.2.0/24', dev: 'eth0' },
    { dst: '10.90.0.77/32', dev: undefined },
  ]);
});
