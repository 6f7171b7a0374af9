import { z } from 'zod';
import { atomicList, mapList, setList } from '../crd/rule.ts';
import { PLATFORM_KINDS } from '../kinds/platform.ts';
import { API_VERSION, type Resource } from '../kinds/kind.ts';
import { DATA_CLASSES } from '../kinds/protection-policy.ts';
import { CENTRE_ROLES, HAZARD_CATEGORIES } from '../kinds/topology.ts';
import { durationSchema } from '../values/duration.ts';
import { lineSchema, nameSchema } from '../values/name.ts';
import { MEASURES } from './measure.ts';
import { sourced, sourceFields } from './sourced-value.ts';

const role = z.enum(CENTRE_ROLES);

const count = z.int().min(0).max(1000);

const counted = { atLeast: count.default(0), atMost: count.optional() };

const roleRule = z.strictObject({
  role: role.meta({ description: 'Role that is counted.' }),
  ...counted,
  place: z
    .enum(['same-city', 'other-city'])
    .optional()
    .meta({ description: 'Where it stands, seen from every production centre. Absent: anywhere.' }),
  ...sourceFields,
});

const kilometres = z.number().min(0).max(20_000).optional();

const distanceRule = z.strictObject({
  between: atomicList(role, 2).length(2).meta({ description: 'Roles whose centres are compared.' }),
  refusedBelow: kilometres.meta({
    description: 'Kilometres on the great circle below which it is an error.',
  }),
  expectedFrom: kilometres.meta({ description: 'Kilometres below which it is a warning.' }),
  expectedTo: kilometres.meta({ description: 'Kilometres above which it is a warning.' }),
  ...sourceFields,
});

const hazardRule = z.strictObject({
  category: z.enum(HAZARD_CATEGORIES).meta({
    description: 'Kind of disaster of which a remote DR centre must not share an area with production.',
  }),
  ...sourceFields,
});

const linkRules = z.strictObject({
  required: z
    .array(z.strictObject({ between: atomicList(role, 2).length(2), ...sourceFields }))
    .max(32)
    .meta({ description: 'Pairs of roles between which there is a line.' }),
  fibreRoundTrip: sourced(z.number().positive()).meta({
    description: 'Milliseconds per kilometre of fibre, there and back.',
  }),
  routeFactor: sourced(z.number().min(1)).meta({
    description: 'How much longer than the shortest fibre a round trip is expected to take.',
  }),
  localRoundTrip: sourced(durationSchema()).meta({
    description: 'Round-trip time above which a line between production and local DR is a warning.',
  }),
  usableShare: sourced(z.number().positive().max(1)).meta({
    description: 'Share of the line rate that a transfer gets, after protocols and other traffic.',
  }),
});

const platformRule = z.strictObject({
  kind: z
    .enum(PLATFORM_KINDS)
    .meta({ description: 'Kind of platform that is counted in the whole province.' }),
  ...counted,
  ...sourceFields,
});

const measureRule = z.strictObject({
  measure: z.enum(MEASURES).meta({ description: 'What is asked for.' }),
  classes: setList(z.enum(DATA_CLASSES), 3).min(1).meta({ description: 'For data of these classes.' }),
  ...sourceFields,
});

const spec = z.strictObject({
  displayName: lineSchema().meta({ description: 'Name for people.' }),
  version: nameSchema(40).meta({ description: 'Version of this profile, as reports record it.' }),
  document: lineSchema(300).meta({ description: 'The policy text that it reads.' }),
  roles: mapList(roleRule, ['role'], 16).meta({ description: 'Centres of each role (两地三中心).' }),
  distances: z.array(distanceRule).max(16).meta({ description: 'How far apart centres stand.' }),
  separateHazards: mapList(hazardRule, ['category'], 16).meta({
    description: 'Disasters that must not strike production and remote DR together.',
  }),
  links: linkRules.meta({ description: 'The lines between centres.' }),
  platforms: mapList(platformRule, ['kind'], 8)
    .optional()
    .meta({ description: 'Platforms of each kind in the whole province. Absent: the text gives no number.' }),
  countyPlatforms: sourced(z.enum(['discouraged', 'forbidden'])).meta({
    description: 'Whether a county may run its own platform: `discouraged` with a written reason, or never.',
  }),
  measures: z.array(measureRule).min(1).max(32).meta({ description: 'What data of each class is given.' }),
  realtime: z
    .strictObject({
      lagWarning: sourced(durationSchema()),
      lagCritical: sourced(durationSchema()),
      lagCeiling: sourced(durationSchema()),
    })
    .meta({ description: 'What may be called real-time (实时): the thresholds of lag.' }),
  timed: z
    .strictObject({ interval: sourced(durationSchema()) })
    .meta({ description: 'What may be called timed (定时): the longest interval between two runs.' }),
  localSiteCountsAsOffsite: sourced(z.boolean()).meta({
    description: 'Whether the local DR centre counts as off site (异地) for the clauses of 等保.',
  }),
});

/** A policy text read as data: what it asks of a site, and the numbers that it leaves open, each with its source. */
export const policyProfileSchema = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('PolicyProfile'),
  metadata: z.strictObject({ name: nameSchema() }),
  spec,
});

export type PolicyProfile = Resource<z.output<typeof spec>>;
