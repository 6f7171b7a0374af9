import type { Dataset } from '../kinds/dataset.ts';
import type { FieldPath } from '../site/field-path.ts';
import { serverKey, serverOf } from '../values/network.ts';
import { defineRule, type Rule } from './rule.ts';

/** One address at which a dataset is reached. */
interface Address {
  readonly dataset: Dataset;
  readonly field: FieldPath;
  /** Absent: it is valid in every centre. */
  readonly centre?: string;
  /** `host:port`, equal for equal servers. */
  readonly server: string;
}

const shared = defineRule({
  code: 'ZB-DST-007',
  title: 'No address serves datasets of two information systems in one centre, but for different buckets',
  why: 'A copied line would back up one system twice and the other never, and open the one to whoever may reach the other.',
  severity: 'error',
  policyLines: ['S-06', 'D-08'],
  judges: ['datasets'],
  check: function* ({ datasets }) {
    const seen = new Map<string, Address[]>();
    for (const address of datasets.flatMap(addressesOf)) {
      const others = seen.get(address.server) ?? [];
      const other = others.find((candidate) => clash(address, candidate));
      seen.set(address.server, [...others, address]);
      if (other === undefined) continue;
      const { namespace = '', name } = other.dataset.metadata;
      const system = other.dataset.spec.system?.name ?? '';
      const message = `${address.server} is the address of ${namespace}/${name} already, which belongs to ${system}`;
      yield { document: address.dataset, field: address.field, message };
    }
  },
});

const apiServers = defineRule({
  code: 'ZB-DST-008',
  title: 'No address of a dataset is that of an API server',
  why: 'The opening for its copies would be one to the API server, which no tenant gets in passing.',
  severity: 'error',
  policyLines: ['T-06'],
  judges: ['datasets'],
  consults: ['topology'],
  check: function* ({ datasets, topology }) {
    const centres = new Map(topology.spec.centres.map(({ name, apiServer }) => [serverOf(apiServer), name]));
    for (const { dataset, field, server } of datasets.flatMap(addressesOf)) {
      const centre = centres.get(server);
      if (centre === undefined) continue;
      const message = `${server} is the API server of ${centre}; name the address of the data`;
      yield { document: dataset, field, message };
    }
  },
});

function addressesOf(dataset: Dataset): Address[] {
  return (['postgres', 'files', 'objects'] as const).flatMap((part) => {
    const { everywhere, perCentre = [] } = dataset.spec[part]?.endpoint ?? {};
    const field = ['spec', part, 'endpoint'];
    const one = everywhere === undefined ? [] : [{ ...everywhere, field: [...field, 'everywhere'] }];
    const several = perCentre.map((address, index) => ({
      ...address,
      field: [...field, 'perCentre', index],
    }));
    return [...one, ...several].map(({ host, port, ...rest }) => ({
      ...rest,
      dataset,
      server: serverKey(host, port),
    }));
  });
}

/** Whether two addresses of one server are too many. A dataset without system is refused for that already. */
function clash(one: Address, other: Address): boolean {
  const systems = [one, other].map(({ dataset }) => dataset.spec.system?.name);
  if (systems.includes(undefined) || systems[0] === systems[1]) return false;
  if (one.centre !== undefined && other.centre !== undefined && one.centre !== other.centre) return false;
  return bucketOf(one.dataset) === undefined || bucketOf(one.dataset) === bucketOf(other.dataset);
}

/** The part of a store that a dataset is; undefined for what has an address to itself. */
function bucketOf({ spec: { objects } }: Dataset): string | undefined {
  return objects && JSON.stringify([objects.bucket, objects.prefix ?? '']);
}

/** Rules about the addresses of datasets. */
export const addressRules: readonly Rule[] = [shared, apiServers];
