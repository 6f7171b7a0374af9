import { isReservedNamespace } from '../layout/namespaces.ts';
import { parseQuantity } from '../values/quantity.ts';
import { refuseUnknown } from './reference.ts';
import { defineRule, type Rule } from './rule.ts';

const places = defineRule({
  code: 'ZB-ZON-001',
  title: 'A zone serves a region of its level, and stands in centres that exist',
  why: 'Its objects are deployed into exactly these centres.',
  severity: 'error',
  policyLines: ['T-06', 'T-09'],
  judges: ['zones'],
  consults: ['topology'],
  check: function* ({ zones, topology }) {
    const { regions, centres } = topology.spec;
    for (const zone of zones) {
      const field = ['spec', 'region'];
      const names = regions.map(({ name }) => name);
      yield* refuseUnknown(zone, field, zone.spec.region, { noun: 'region', names });
      const region = regions.find(({ name }) => name === zone.spec.region);
      if (region !== undefined && region.level !== zone.spec.level) {
        const message = `${region.name} is a ${region.level}, and the zone is of the level ${zone.spec.level}`;
        yield { document: zone, field, message };
      }
      for (const [index, name] of zone.spec.centres.entries()) {
        const known = { noun: 'centre', names: centres.map((centre) => centre.name) };
        yield* refuseUnknown(zone, ['spec', 'centres', index], name, known);
      }
    }
  },
});

const domains = defineRule({
  code: 'ZB-ZON-002',
  title: 'A zone lies in the network of government of its centres',
  why: 'A zone of 政务外网 in a centre of 政务内网 would be a crossing without a channel.',
  severity: 'error',
  policyLines: ['T-18'],
  judges: ['zones'],
  consults: ['topology'],
  check: function* ({ zones, topology }) {
    for (const zone of zones) {
      for (const [index, name] of zone.spec.centres.entries()) {
        const centre = topology.spec.centres.find((candidate) => candidate.name === name);
        if (centre === undefined || centre.networkDomain === zone.spec.networkDomain) continue;
        const message = `${name} lies in ${centre.networkDomain}, and the zone in ${zone.spec.networkDomain}`;
        yield { document: zone, field: ['spec', 'centres', index], message };
      }
    }
  },
});

const QUOTA_PARTS = ['cpu', 'memory', 'storage', 'pods'] as const;

const quotas = defineRule({
  code: 'ZB-ZON-003',
  title: 'The parts of the tenants add up to at most the share of the zone',
  why: '单独规划、统一管理: what is promised to tenants must be there, in every centre and after every takeover.',
  severity: 'error',
  policyLines: ['T-07'],
  judges: ['zones'],
  check: function* ({ zones }) {
    for (const zone of zones) {
      for (const part of QUOTA_PARTS) {
        const share = parseQuantity(String(zone.spec.quota[part]));
        const asked = (zone.spec.tenants ?? []).map(({ quota }) => parseQuantity(String(quota[part])));
        const sum = asked.reduce((total, value) => total + value, 0);
        // Sums of decimal fractions (100m) are a little off.
        if (sum <= share * (1 + 1e-9)) continue;
        yield {
          document: zone,
          field: ['spec', 'quota', part],
          message: `the ${asked.length} tenants are promised ${tell(part, sum)} together; the zone has ${zone.spec.quota[part]}`,
          remedy: "raise the zone's share, or lower the parts of the tenants",
        };
      }
    }
  },
});

function tell(part: (typeof QUOTA_PARTS)[number], amount: number): string {
  if (part === 'cpu') return `${Number(amount.toFixed(3))} cores`;
  if (part === 'pods') return `${amount} pods`;
  return `${Number((amount / 1024 ** 3).toFixed(2))}Gi of ${part}`;
}

const tenantNames = defineRule({
  code: 'ZB-ZON-004',
  title: 'The name of a tenant is its own in the whole site, and no name of the system',
  why: 'A tenant is a namespace: in one centre two of one name would share data, quota and roles. In different centres a Dataset, which names its tenant by the namespace alone, would belong to both, be deployed into both, and be judged by one.',
  severity: 'error',
  policyLines: ['T-06'],
  judges: ['zones'],
  check: function* ({ zones }) {
    for (const [order, zone] of zones.entries()) {
      for (const [index, { name }] of (zone.spec.tenants ?? []).entries()) {
        const field = ['spec', 'tenants', index, 'name'];
        if (isReservedNamespace(name)) {
          const message = `${name} is a namespace of the system; use another name`;
          yield { document: zone, field, message };
        }
        const other = zones
          .slice(0, order)
          .find(({ spec }) => spec.tenants?.some((tenant) => tenant.name === name) === true);
        if (other === undefined) continue;
        const message = `${name} is a tenant of the zone ${other.metadata.name} already; a Dataset in that namespace would belong to both`;
        const remedy = `use a name that no other zone has, such as ${zone.metadata.name}-${name}`;
        yield { document: zone, field, message, remedy };
      }
    }
  },
});

const tenantPlatforms = defineRule({
  code: 'ZB-ZON-005',
  title: 'A tenant belongs to a platform of its zone',
  why: 'The platform tells which of 1+1+10+N the tenant is part of, and who runs it.',
  severity: 'error',
  policyLines: ['T-11'],
  judges: ['zones'],
  check: function* ({ zones }) {
    for (const zone of zones) {
      const names = zone.spec.platforms.map(({ name }) => name);
      for (const [index, { platform }] of (zone.spec.tenants ?? []).entries()) {
        yield* refuseUnknown(zone, ['spec', 'tenants', index, 'platform'], platform, {
          noun: 'platform',
          names,
        });
      }
    }
  },
});

const domestic = defineRule({
  code: 'ZB-ZON-006',
  title: 'Where a zone requires domestic products, every tenant names one per layer, and no other',
  why: '全省国产政务云: the share is counted per layer, and an undeclared layer counts as not domestic.',
  severity: 'error',
  policyLines: ['T-22'],
  judges: ['zones'],
  check: function* ({ zones }) {
    for (const zone of zones) {
      for (const layer of zone.spec.requireDomestic ?? []) {
        for (const [index, { name, products = [] }] of (zone.spec.tenants ?? []).entries()) {
          const field = ['spec', 'tenants', index, 'products'];
          if (!products.some((product) => product.layer === layer)) {
            const message = `${name} names no product of the layer ${layer}; the zone requires a domestic one`;
            yield {
              document: zone,
              field,
              message,
              remedy: `add { layer: ${layer}, product: …, domestic: true }`,
            };
          }
          for (const [at, { product, ...entry }] of products.entries()) {
            if (entry.layer !== layer || entry.domestic) continue;
            const message = `${product} is not domestic; the zone requires domestic products on the layer ${layer}`;
            yield { document: zone, field: [...field, at, 'domestic'], message };
          }
        }
      }
    }
  },
});

const roles = defineRule({
  code: 'ZB-ZON-007',
  title: 'A role is limited to tenants of its zone',
  why: '分级运维: who may act where must not rest on a name that is misspelt.',
  severity: 'error',
  policyLines: ['T-20', 'S-02'],
  judges: ['zones'],
  check: function* ({ zones }) {
    for (const zone of zones) {
      const names = (zone.spec.tenants ?? []).map(({ name }) => name);
      for (const [index, { tier, tenants }] of (zone.spec.roles ?? []).entries()) {
        const field = ['spec', 'roles', index, 'tenants'];
        for (const [at, name] of (tenants ?? []).entries()) {
          yield* refuseUnknown(zone, [...field, at], name, { noun: 'tenant', names });
        }
        if (tier !== 'department' || (tenants ?? []).length > 0) continue;
        const message = 'a role of the tier department names no tenant; it is limited to at least one';
        yield { document: zone, field, message, remedy: 'add tenants: […]' };
      }
    }
  },
});

/** Rules about data zones and their tenants. */
export const zoneRules: readonly Rule[] = [
  places,
  domains,
  quotas,
  tenantNames,
  tenantPlatforms,
  domestic,
  roles,
];
