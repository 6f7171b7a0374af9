import { alignColumns } from '../../operators/api/text/text-columns.ts';
import { labCommand } from '../lab-command.ts';
import type { CentreStatus, LabStatus, LinkStatus } from './status.ts';

/** An instance's status for people: one line per centre, per tenant and per link, and what is amiss. */
export function statusTable(status: LabStatus): string {
  const { centres, links } = status;
  const rows = [
    ['CENTRE', 'STATE', 'SINCE', 'MEMORY', 'API SERVER', 'PODS', 'CONTEXT'],
    ...centres.map((centre) => [
      centre.name,
      centre.state === 'starting' ? `starting (${centre.reached ?? ''})` : centre.state,
      centre.poweredOnAt?.slice(11, 19) ?? '-',
      centre.memoryBytes === undefined ? '-' : `${Math.round(centre.memoryBytes / 2 ** 20)} MiB`,
      centre.apiServer,
      centre.podCidr,
      centre.context,
    ]),
  ];
  const notes = [...centres.flatMap(troublesOf), ...links.map(describeLink)];
  return `${[...alignColumns(rows), '', ...tenantLines(status), ...notes].join('\n')}\n`;
}

/** One line per tenant: how it is, and what its writer last wrote down. Nothing where there are none. */
export function tenantLines({ instance, tenants, writing }: LabStatus): readonly string[] {
  if (tenants.length === 0) return [];
  const rows = [
    ['TENANT', 'STATE', 'LAST WRITTEN'],
    ...tenants.map(({ tenant, state, written }) => [
      tenant,
      state,
      written === undefined
        ? '-'
        : `no. ${written.sequence} ${written.outcome} at ${written.at.slice(11, 19)}`,
    ]),
  ];
  const stopped = writing ? [] : [`The writers are stopped: ${labCommand(instance, 'write start')}`];
  return [...alignColumns(rows), '', ...stopped];
}

function troublesOf({ name, troubles }: CentreStatus): readonly string[] {
  return troubles.map((trouble) => `${name}: ${trouble}`);
}

/** One link in one line: `link production/remote-dr: up, 20 Mbit/s`. */
export function describeLink({ link, cut, bitsPerSecond, delay, withoutPower }: LinkStatus): string {
  const state = withoutPower === undefined ? 'up' : `down, as ${withoutPower} has no power`;
  const limits = [
    ...(bitsPerSecond === undefined ? [] : [`${bitsPerSecond / 1e6} Mbit/s`]),
    ...(delay === undefined ? [] : [`${delay.roundTripMs} ms added on ports ${delay.ports.join(', ')}`]),
  ];
  return `link ${link}: ${[cut ? 'cut' : state, ...limits].join(', ')}`;
}
