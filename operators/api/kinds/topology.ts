import { z } from 'zod';
import { mapList, setList } from '../crd/rule.ts';
import { cidrSchema } from '../values/address-range.ts';
import { bandwidthSchema } from '../values/bandwidth.ts';
import { durationSchema } from '../values/duration.ts';
import { lineSchema, nameSchema } from '../values/name.ts';
import { httpsUrlSchema } from '../values/network.ts';
import { defineKind, ownerSchema, type ResourceOf } from './kind.ts';
import { AGE_COLUMN, MESSAGE_COLUMN, READY_COLUMN, type PrintColumn } from './print-column.ts';
import { topologyStatusSchema } from './topology-status.ts';

/** Levels of government, from the top down. */
export const LEVELS = ['province', 'city', 'county'] as const;

/** What a centre is designed for. Who plays which part today is told by Placement. */
export const CENTRE_ROLES = ['production', 'local-dr', 'remote-dr', 'municipal'] as const;

/** The two networks of government (政务外网、政务内网), between which nothing flows but through a declared channel. */
export const NETWORK_DOMAINS = ['extranet', 'intranet'] as const;

/** Regional disasters that two centres must not share. */
export const HAZARD_CATEGORIES = ['seismic', 'typhoon', 'flood', 'power-grid'] as const;

/** How sure a fact in a site is. */
export const FACT_SOURCES = ['declared', 'inferred', 'fictitious'] as const;

const factSource = z.enum(FACT_SOURCES).default('declared').meta({
  description:
    'How sure the entry is: `declared` by whoever answers for it, `inferred` from public texts, `fictitious` where the real one is not public.',
});

const networkDomain = z
  .enum(NETWORK_DOMAINS)
  .meta({ description: 'Network of government: `extranet` 政务外网, `intranet` 政务内网.' });

const region = z.strictObject({
  name: nameSchema().meta({ description: 'Name by which centres and zones refer to the region.' }),
  displayName: lineSchema().meta({ description: 'Name for people: 福州市.' }),
  level: z.enum(LEVELS).meta({ description: 'Level of government.' }),
  parent: nameSchema().optional().meta({
    description:
      'Region above. Absent: the top. An explicit tree: administrative codes are no tree (平潭 lies in the code range of 福州).',
  }),
  source: factSource,
});

const hazard = z.strictObject({
  category: z.enum(HAZARD_CATEGORIES).meta({ description: 'Kind of disaster.' }),
  area: nameSchema().meta({
    description: 'Area that one such disaster strikes together: a fault, a river basin, a grid section.',
  }),
});

const position = z.strictObject({
  latitude: z.number().min(-90).max(90).meta({ description: 'Degrees north.' }),
  longitude: z.number().min(-180).max(180).meta({ description: 'Degrees east.' }),
});

const centre = z.strictObject({
  name: nameSchema(40).meta({ description: 'Name of the centre; stack names and contexts begin with it.' }),
  displayName: lineSchema().meta({ description: 'Name for people: 生产中心.' }),
  role: z.enum(CENTRE_ROLES).meta({ description: 'Designed role; a takeover does not change it.' }),
  region: nameSchema().meta({ description: 'City it stands in, from `regions`.' }),
  networkDomain,
  hazards: mapList(hazard, ['category', 'area'], 32).optional().meta({
    description: 'Regional disasters it is exposed to, for comparison with the other centres. Absent: none.',
  }),
  position: position.meta({ description: 'Where it stands, for the distance between centres (WGS 84).' }),
  apiServer: httpsUrlSchema().meta({
    description: 'URL of its Kubernetes API server, as the other centres reach it.',
  }),
  nodeCidrs: setList(cidrSchema(), 16).min(1).meta({ description: 'Networks of its nodes.' }),
  podCidrs: setList(cidrSchema(), 16)
    .min(1)
    .meta({ description: 'Networks of its pods, routed to the other centres without address translation.' }),
  owner: ownerSchema.optional(),
  source: factSource,
});

const channel = z.strictObject({
  name: nameSchema().meta({
    description: 'Name of the approved import and export channel (安全导入导出通道).',
  }),
  statement: lineSchema(500).meta({ description: 'What may pass, and who declassified it.' }),
});

const link = z.strictObject({
  name: nameSchema().meta({ description: 'Name of the link.' }),
  type: z.enum(['metro', 'long-haul', 'cascade', 'interconnect']).meta({
    description:
      '`metro` within a city, `long-haul` between cities, `cascade` from a city to the province (级联), `interconnect` to another platform (对接).',
  }),
  between: setList(nameSchema(40), 2)
    .length(2)
    .meta({ description: 'The two centres it joins, in any order.' }),
  bandwidth: bandwidthSchema().meta({ description: 'Line rate per direction.' }),
  rttCeiling: durationSchema().meta({
    description: 'Round-trip time that the line keeps below.',
  }),
  channel: channel.optional().meta({
    description:
      'What may cross between the two networks of government. Required where the ends lie in different ones.',
  }),
});

const spec = z.strictObject({
  profile: nameSchema().meta({
    description: 'Policy profile by which the topology is judged, such as `fujian-2023`.',
  }),
  regions: mapList(region, ['name'], 300).min(1).meta({ description: 'The regions, as an explicit tree.' }),
  centres: mapList(centre, ['name'], 64)
    .min(1)
    .meta({ description: 'The centres: each one Kubernetes cluster.' }),
  links: mapList(link, ['name'], 256)
    .optional()
    .meta({ description: 'The lines between centres. Absent: none.' }),
});

/** The centre of a role. A column shows one value: of several centres with the role, the first. */
function column(name: string, role: CentreRole): PrintColumn {
  return { name, type: 'string', jsonPath: `.spec.centres[?(@.role=="${role}")].name` };
}

/** 两地三中心 as a typed list of centres and links: two places, three centres is the shape that is checked, not built in. */
export const topologyKind = defineKind({
  kind: 'Topology',
  plural: 'topologies',
  shortNames: ['topo'],
  scope: 'Cluster',
  writtenBy: 'config',
  description:
    'The centres with their designed roles, places and networks, and the links between them. The same document stands in every centre. A takeover never changes it: who plays which part now is told by Placement.',
  spec,
  status: topologyStatusSchema,
  columns: [
    { name: 'Profile', type: 'string', jsonPath: '.spec.profile' },
    column('Production', 'production'),
    column('Local-DR', 'local-dr'),
    column('Remote-DR', 'remote-dr'),
    READY_COLUMN,
    {
      name: 'Peers',
      type: 'string',
      jsonPath: '.status.conditions[?(@.type=="PeersReachable")].status',
      priority: 1,
    },
    MESSAGE_COLUMN,
    AGE_COLUMN,
  ],
});

/** A document of {@link topologyKind}, with defaults filled in. */
export type Topology = ResourceOf<typeof topologyKind>;

/** One centre: one Kubernetes cluster, with its place, its networks and the hazards it is exposed to. */
export type Centre = z.infer<typeof centre>;

/** A line between two centres. Bandwidth and round-trip time are texts with their units: `1Gbit`, `3ms`. */
export type Link = z.infer<typeof link>;

/** A region of government with the region above it. */
export type Region = z.infer<typeof region>;

/** What a centre is designed for, one of {@link CENTRE_ROLES}. */
export type CentreRole = (typeof CENTRE_ROLES)[number];
