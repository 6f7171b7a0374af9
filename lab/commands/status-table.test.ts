import { expect, test } from 'vitest';
import { statusTable } from './status-table.ts';

test('the status table shows each centre and each tenant in a line, what troubles them, and every link', () => {
  const centre = { apiServer: 'https://10.90.0.1:6443', context: 'lab-production', podCidr: '10.91.1.0/24' };
  const table = statusTable({
    instance: 'lab',
    kubeconfig: '/state/lab/kubeconfig',
    centres: [
      {
        ...centre,
        name: 'production',
        state: 'starting',
        reached: 'node',
        poweredOnAt: '2026-11-22T18:45:48.000Z',
        memoryBytes: 700 * 2 ** 20,
        troubles: ['etcd was started 3 times'],
      },
      { ...centre, name: 'remote-dr', state: 'off', troubles: [] },
    ],
    links: [
      { link: 'production/remote-dr', cut: true },
      { link: 'local-dr/remote-dr', cut: false, withoutPower: 'remote-dr' },
      {
        link: 'production/local-dr',
        cut: false,
        bitsPerSecond: 20e6,
        delay: { roundTripMs: 15, ports: [5432] },
      },
    ],
    tenants: [
      {
        tenant: 'population',
        state: 'ready',
        written: { sequence: 812, outcome: 'acknowledged', at: '2026-11-22T18:47:01.234Z' },
      },
      { tenant: 'civil-affairs', state: 'starting' },
    ],
    writing: false,
  });
  expect(table).toBe(`\
CENTRE      STATE            SINCE     MEMORY   API SERVER              PODS          CONTEXT
production  starting (node)  18:45:48  700 MiB  https://10.90.0.1:6443  10.91.1.0/24  lab-production
remote-dr   off              -         -        https://10.90.0.1:6443  10.91.1.0/24  lab-production

TENANT         STATE     LAST WRITTEN
population     ready     no. 812 acknowledged at 18:47:01
civil-affairs  starting  -

The writers are stopped: npm run lab -- write start
production: etcd was started 3 times
link production/remote-dr: cut
link local-dr/remote-dr: down, as remote-dr has no power
link production/local-dr: up, 20 Mbit/s, 15 ms added on ports 5432
`);
});
