import { z } from 'zod';
import { atomicList, mapList, setList, withRules } from '../crd/rule.ts';
import { podLabelsSchema } from '../values/label.ts';
import { lineSchema, nameSchema } from '../values/name.ts';
import { portSchema } from '../values/network.ts';
import { quantitySchema } from '../values/quantity.ts';
import { daySchema } from '../values/time.ts';
import { dataZoneStatus } from './data-zone-status.ts';
import { defineKind, ownerSchema, type ResourceOf } from './kind.ts';
import { AGE_COLUMN, MESSAGE_COLUMN, OWNER_COLUMN, READY_COLUMN } from './print-column.ts';
import { LEVELS, NETWORK_DOMAINS } from './topology.ts';

/** Platform kinds of the architecture 1+1+10+N: provincial, trading, municipal, departmental. */
export const PLATFORM_KINDS = ['provincial', 'trading', 'municipal', 'departmental'] as const;

/** What a tenant of the zone is. */
export const TENANT_KINDS = ['department', 'base-library', 'theme-library', 'trading-platform'] as const;

/** Layers whose products are counted as domestic or not (信创). */
export const DOMESTIC_LAYERS = ['cpu', 'operating-system', 'database', 'accelerator'] as const;

/** Tiers of operation (统一管理和分级运维): who may act where. */
export const TIERS = ['province', 'city', 'department'] as const;

/** What a tiered role allows. */
export const ACCESS = ['view', 'operate', 'administer'] as const;

const quota = z.strictObject({
  cpu: quantitySchema().meta({ description: 'Cores that its pods may request together.' }),
  memory: quantitySchema().meta({ description: 'Memory that its pods may request together.' }),
  storage: quantitySchema().meta({ description: 'Volume capacity that its claims may request together.' }),
  pods: z.int().min(1).max(100_000).meta({ description: 'Number of its pods.' }),
});

const upstream = z.strictObject({
  platform: nameSchema().meta({ description: 'Platform above; it may stand in another zone.' }),
  link: z
    .enum(['cascade', 'interconnect'])
    .meta({ description: '`cascade` 级联 from city to province, `interconnect` 对接 otherwise.' }),
});

const platform = z.strictObject({
  name: nameSchema().meta({ description: 'Name of the platform.' }),
  displayName: lineSchema().meta({ description: 'Name for people.' }),
  kind: z.enum(PLATFORM_KINDS).meta({ description: 'Which of 1+1+10+N it is.' }),
  level: z
    .enum(LEVELS)
    .meta({ description: 'Level of government that runs it. Counties do not build their own in principle.' }),
  upstream: upstream
    .optional()
    .meta({ description: 'Where it connects upward. Every platform but the provincial one has it.' }),
  owner: ownerSchema.optional(),
  justification: lineSchema(500).optional().meta({
    description:
      'Why a county runs its own platform. Required for that level where the profile allows it with a reason.',
  }),
});

const domesticProduct = z.strictObject({
  layer: z.enum(DOMESTIC_LAYERS).meta({ description: 'Layer of the product.' }),
  product: lineSchema().meta({ description: 'Product and version.' }),
  domestic: z.boolean().meta({ description: 'Whether it is a listed domestic product.' }),
});

const tenant = z.strictObject({
  name: nameSchema(40).meta({ description: 'Name of the tenant: its namespace.' }),
  displayName: lineSchema().meta({ description: 'Name for people: 人口基础库.' }),
  kind: z.enum(TENANT_KINDS).meta({ description: 'What the tenant is.' }),
  platform: nameSchema().meta({ description: 'Platform that it belongs to, from `platforms`.' }),
  owner: ownerSchema.optional(),
  quota: quota.meta({ description: 'Its part of the zone.' }),
  products: mapList(domesticProduct, ['layer', 'product'], 32).optional().meta({
    description: 'Products it is built on, for the domestic share per layer (信创). Absent: not declared.',
  }),
  apiAccess: z
    .boolean()
    .default(false)
    .meta({ description: 'Whether its pods may reach the API server of their centre.' }),
});

const grantPort = z.strictObject({
  port: portSchema().meta({ description: 'Port of the serving pod.' }),
  protocol: z.enum(['TCP', 'UDP']).default('TCP').meta({ description: 'Transport protocol.' }),
});

const podLabels = podLabelsSchema().meta({
  description: 'Labels of the pods it is narrowed to. Absent: all pods of the tenant.',
});

const exchangeGrant = z.strictObject({
  name: nameSchema().meta({ description: 'Name of the grant.' }),
  from: z
    .strictObject({
      tenant: nameSchema(40).meta({ description: 'Tenant whose pods open the connection.' }),
      podLabels: podLabels.optional(),
    })
    .meta({ description: 'Who asks.' }),
  to: z
    .strictObject({
      tenant: nameSchema(40).meta({ description: 'Tenant whose pods serve.' }),
      podLabels: podLabels.optional(),
      ports: mapList(grantPort, ['port', 'protocol'], 16)
        .min(1)
        .meta({ description: 'Ports that are opened, and no other.' }),
    })
    .meta({ description: 'Who serves, on which ports.' }),
  purpose: lineSchema(500).meta({ description: 'What the exchange is for.' }),
  approvedBy: lineSchema().meta({ description: 'Body that approved it.' }),
  until: daySchema()
    .optional()
    .meta({ description: 'Last day on which it is open. Absent: until it is withdrawn.' }),
});

const GROUP_OF_SYSTEM =
  'groups that begin with "system:" are those of Kubernetes; name one of the identity provider';

const group = withRules(
  lineSchema(200).refine((name) => !name.startsWith('system:'), { message: GROUP_OF_SYSTEM }),
  { rule: "!self.startsWith('system:')", message: GROUP_OF_SYSTEM },
);

const DEPARTMENT_NEEDS_TENANTS = 'the tier department names its tenants';

const roleBinding = withRules(
  z
    .strictObject({
      tier: z
        .enum(TIERS)
        .meta({ description: 'Tier of the group: whole province, one city, one department.' }),
      access: z.enum(ACCESS).meta({ description: 'What the group may do.' }),
      group: group.meta({
        description:
          'Group as the identity provider names it; never one of Kubernetes, such as `system:masters`.',
      }),
      tenants: setList(nameSchema(40), 200).optional().meta({
        description:
          'Tenants it is limited to. Required for the tier `department`; absent: all tenants of the zone.',
      }),
    })
    .refine((binding) => binding.tier !== 'department' || binding.tenants !== undefined, {
      message: DEPARTMENT_NEEDS_TENANTS,
    }),
  { rule: "self.tier != 'department' || has(self.tenants)", message: DEPARTMENT_NEEDS_TENANTS },
);

const spec = z.strictObject({
  displayName: lineSchema().meta({ description: 'Name for people: 福建省政务云数据区.' }),
  level: z.enum(LEVELS).meta({ description: 'Level of the zone.' }),
  region: nameSchema().meta({ description: 'Region it serves, from the topology.' }),
  centres: setList(nameSchema(40), 64).min(1).meta({ description: 'Centres in which the zone stands.' }),
  networkDomain: z.enum(NETWORK_DOMAINS).meta({ description: 'Network of government the zone lies in.' }),
  owner: ownerSchema.optional(),
  quota: quota.meta({
    description:
      "The zone's share of the cloud in each of its centres (单独规划、统一管理); the tenants' parts add up to at most this.",
  }),
  requireDomestic: setList(z.enum(DOMESTIC_LAYERS), 4).optional().meta({
    description: 'Layers on which every product of every tenant must be domestic (信创). Absent: none.',
  }),
  platforms: mapList(platform, ['name'], 400)
    .min(1)
    .meta({ description: 'Platforms in the zone (1+1+10+N).' }),
  tenants: mapList(tenant, ['name'], 400)
    .optional()
    .meta({ description: 'Tenants: departments, base and theme libraries. Absent: none.' }),
  exchangeGrants: mapList(exchangeGrant, ['name'], 1000)
    .optional()
    .meta({ description: 'The only paths between two tenants (逻辑隔离). Absent: there are none.' }),
  roles: atomicList(roleBinding, 1000).optional().meta({
    description:
      'Who may view, operate and administer what (统一管理和分级运维). Absent: nobody but the administrators of the cluster.',
  }),
});

/** 政务云数据区: one management plane, logically separated tenants, the same architecture in the province and in every city. */
export const dataZoneKind = defineKind({
  kind: 'DataZone',
  plural: 'datazones',
  shortNames: ['dz'],
  scope: 'Cluster',
  writtenBy: 'config',
  description:
    'A government cloud data zone (政务云数据区) of one level: its platforms, tenants, quota, the exchanges granted between tenants and the tiered roles. Tenants are isolated from each other but for the grants.',
  spec,
  status: dataZoneStatus,
  columns: [
    { name: 'Level', type: 'string', jsonPath: '.spec.level' },
    { name: 'Region', type: 'string', jsonPath: '.spec.region' },
    { name: 'CPU', type: 'string', jsonPath: '.spec.quota.cpu' },
    { name: 'Memory', type: 'string', jsonPath: '.spec.quota.memory' },
    { name: 'Storage', type: 'string', jsonPath: '.spec.quota.storage' },
    { name: 'Tenants', type: 'integer', jsonPath: '.status.tenants' },
    { name: 'Drift', type: 'integer', jsonPath: '.status.drift.total' },
    { name: 'Uncovered', type: 'integer', jsonPath: '.status.coverage.uncoveredClaims' },
    { name: 'Network', type: 'string', jsonPath: '.spec.networkDomain', priority: 1 },
    OWNER_COLUMN,
    READY_COLUMN,
    MESSAGE_COLUMN,
    AGE_COLUMN,
  ],
});

/** A document of {@link dataZoneKind}, with defaults filled in. */
export type DataZone = ResourceOf<typeof dataZoneKind>;

/** A department, base library, theme library or trading platform of a zone: one namespace in each of its centres. */
export type Tenant = z.infer<typeof tenant>;

/** One platform of the architecture 1+1+10+N, and where it connects upward. */
export type Platform = z.infer<typeof platform>;

/** One approved path between two tenants: who asks, who serves, on which ports, until when. */
export type ExchangeGrant = z.infer<typeof exchangeGrant>;

/** What a group of the identity provider may do, and in which tenants. */
export type RoleBinding = z.infer<typeof roleBinding>;

/** What may be requested together, as Kubernetes writes amounts: cores, memory and storage as quantities, pods as a count. */
export type Quota = z.infer<typeof quota>;
