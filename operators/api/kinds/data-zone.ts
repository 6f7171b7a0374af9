import { z } from 'zod';
import { atomicList, mapList, setList } from '../crd/rule.ts';
import { lineSchema, nameSchema } from '../values/name.ts';
import { quantitySchema } from '../values/quantity.ts';
import { dataZoneStatus } from './data-zone-status.ts';
import { exchangeGrantSchema } from './exchange-grant.ts';
import { defineKind, ownerSchema, type ResourceOf } from './kind.ts';
import { platformSchema } from './platform.ts';
import { AGE_COLUMN, MESSAGE_COLUMN, OWNER_COLUMN, READY_COLUMN } from './print-column.ts';
import { roleBindingSchema } from './role-binding.ts';
import { LEVELS, NETWORK_DOMAINS } from './topology.ts';

/** What a tenant of the zone is. */
export const TENANT_KINDS = ['department', 'base-library', 'theme-library', 'trading-platform'] as const;

/** Layers whose products are counted as domestic or not (信创). */
export const DOMESTIC_LAYERS = ['cpu', 'operating-system', 'database', 'accelerator'] as const;

const quota = z.strictObject({
  cpu: quantitySchema().meta({ description: 'Cores that its pods may request together.' }),
  memory: quantitySchema().meta({ description: 'Memory that its pods may request together.' }),
  storage: quantitySchema().meta({ description: 'Volume capacity that its claims may request together.' }),
  pods: z.int().min(1).max(100_000).meta({ description: 'Number of its pods.' }),
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
  platforms: mapList(platformSchema, ['name'], 400)
    .min(1)
    .meta({ description: 'Platforms in the zone (1+1+10+N).' }),
  tenants: mapList(tenant, ['name'], 400)
    .optional()
    .meta({ description: 'Tenants: departments, base and theme libraries. Absent: none.' }),
  exchangeGrants: mapList(exchangeGrantSchema, ['name'], 1000)
    .optional()
    .meta({ description: 'The only paths between two tenants (逻辑隔离). Absent: there are none.' }),
  roles: atomicList(roleBindingSchema, 1000).optional().meta({
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

/** What may be requested together, as Kubernetes writes amounts: cores, memory and storage as quantities, pods as a count. */
export type Quota = z.infer<typeof quota>;
