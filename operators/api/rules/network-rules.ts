import type { Centre, Topology } from '../kinds/topology.ts';
import { SERVICE_NETWORK } from '../layout/service-network.ts';
import type { FieldPath } from '../site/field-path.ts';
import {
  formatAddress,
  overlaps,
  parseAddress,
  parseCidr,
  type AddressRange,
} from '../values/address-range.ts';
import { serverOf } from '../values/network.ts';
import { defineRule, type Rule } from './rule.ts';

interface Network {
  readonly centre: Centre;
  readonly field: FieldPath;
  readonly cidr: string;
  readonly range: AddressRange;
}

function networksOf(topology: Topology): Network[] {
  return topology.spec.centres.flatMap((centre, index) =>
    (['nodeCidrs', 'podCidrs'] as const).flatMap((list) =>
      centre[list].map((cidr, at) => ({
        centre,
        cidr,
        field: ['spec', 'centres', index, list, at],
        range: parseCidr(cidr),
      })),
    ),
  );
}

const overlapping = defineRule({
  code: 'ZB-NET-001',
  title: 'No two networks of the centres overlap',
  why: 'Pods reach each other across centres without translation: an address that stands twice reaches the wrong one.',
  severity: 'error',
  policyLines: ['T-06'],
  judges: ['topology'],
  check: function* ({ topology }) {
    const networks = networksOf(topology);
    for (const [index, network] of networks.entries()) {
      const other = networks.slice(0, index).find(({ range }) => overlaps(range, network.range));
      if (other === undefined) continue;
      yield {
        document: topology,
        field: network.field,
        message: `${network.cidr} overlaps with ${other.cidr} of ${other.centre.name}; every network is used once`,
      };
    }
  },
});

const services = defineRule({
  code: 'ZB-NET-002',
  title: 'No network of a centre overlaps with the service network',
  why: 'An address that is a service in each centre cannot be a node or a pod of one.',
  severity: 'error',
  policyLines: [],
  judges: ['topology'],
  check: function* ({ topology }) {
    const reserved = parseCidr(SERVICE_NETWORK);
    for (const { cidr, field, range } of networksOf(topology)) {
      if (!overlaps(range, reserved)) continue;
      const message = `${cidr} overlaps with ${SERVICE_NETWORK}, the services of every centre; use another network`;
      yield { document: topology, field, message };
    }
  },
});

const hostBits = defineRule({
  code: 'ZB-NET-003',
  title: 'A network is written by its first address',
  why: 'Routes refuse 10.91.1.7/24, and a reader cannot tell whether a host or its network was meant.',
  severity: 'error',
  policyLines: [],
  judges: ['topology'],
  check: function* ({ topology }) {
    for (const { cidr, field, range } of networksOf(topology)) {
      const [address = '', length = ''] = cidr.split('/');
      if (parseAddress(address) === range.first) continue;
      const message = `found ${cidr}, an address within a network; use ${formatAddress(range.first)}/${length} or ${address}/32`;
      yield { document: topology, field, message };
    }
  },
});

const apiServers = defineRule({
  code: 'ZB-NET-004',
  title: 'Every centre has an API server of its own',
  why: 'Two centres behind one address are one cluster, and one fire takes both.',
  severity: 'error',
  policyLines: ['T-01'],
  judges: ['topology'],
  check: function* ({ topology }) {
    const { centres } = topology.spec;
    for (const [index, { apiServer }] of centres.entries()) {
      const own = serverOf(apiServer);
      const other = centres.slice(0, index).find((centre) => serverOf(centre.apiServer) === own);
      if (other === undefined) continue;
      const message = `${apiServer} is the API server of ${other.name} already`;
      yield { document: topology, field: ['spec', 'centres', index, 'apiServer'], message };
    }
  },
});

/** Rules about the networks of the centres. */
export const networkRules: readonly Rule[] = [overlapping, services, hostBits, apiServers];
