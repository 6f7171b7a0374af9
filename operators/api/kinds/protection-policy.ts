import { z } from 'zod';
import { mapList } from '../crd/rule.ts';
import { durationSchema } from '../values/duration.ts';
import { lineSchema, nameSchema } from '../values/name.ts';
import { scheduleSchema } from '../values/schedule.ts';
import { textSchema } from '../values/text-schema.ts';
import { defineKind, ownerSchema, type ResourceOf } from './kind.ts';
import { AGE_COLUMN, MESSAGE_COLUMN, OWNER_COLUMN, READY_COLUMN } from './print-column.ts';
import { protectionPolicyStatus } from './protection-policy-status.ts';

/** Grades of data after GB/T 43697-2024 (核心、重要、一般). The grade comes from the catalogue, never from a guess. */
export const DATA_CLASSES = ['core', 'important', 'general'] as const;

/** What a commit waits for. */
export const DURABILITIES = ['required', 'preferred', 'async'] as const;

/** The ladder of proof of one copy. Only `restored` and better is a recovery point for the report. */
export const VERIFICATION_LEVELS = ['landed', 'intact', 'restored', 'queried'] as const;

/** How sure the source of a number is. */
export const SOURCE_STATUSES = ['cited', 'secondary', 'unconfirmed', 'derived', 'proposal'] as const;

const count = (description: string): z.ZodOptional<z.ZodInt> =>
  z
    .int()
    .min(0)
    .max(10_000)
    .optional()
    .meta({ description: `${description} Absent: none by this rule.` });

const realtime = z.strictObject({
  durability: z.enum(DURABILITIES).meta({
    description:
      '`required`: a commit waits for the replica, always. `preferred`: it waits, but may degrade after `degradeAfter` with the acknowledgement of the third centre. `async`: it never waits.',
  }),
  degradeAfter: durationSchema().optional().meta({
    description:
      'How long the replica must be gone before `preferred` asks the witness to degrade. Absent: it never does.',
  }),
  lagWarning: durationSchema().meta({ description: 'Lag from which a warning is raised.' }),
  lagCritical: durationSchema().meta({ description: 'Lag from which it is critical.' }),
  lagCeiling: durationSchema().meta({
    description: 'Lag beyond which the leg may no longer be called real-time (实时).',
  }),
});

const timed = z.strictObject({
  schedule: scheduleSchema.meta({ description: 'When a recovery point is due in the backup centre (定时).' }),
  store: nameSchema().meta({ description: 'BackupStore in the backup centre.' }),
  deadline: durationSchema().meta({ description: 'Time after which a run counts as failed.' }),
  jitter: durationSchema().default('0s').meta({
    description: 'Runs are spread over this time after the slot, each dataset always at the same place.',
  }),
  logInterval: durationSchema().optional().meta({
    description:
      'How often the log of changes (WAL) is sealed between two runs, for engines that have one. Absent: with the runs only.',
  }),
  localCopy: z.boolean().default(false).meta({
    description:
      'Whether a point-in-time copy is kept in the home locality too (本地备份): replication copies mistakes.',
  }),
});

const targets = z.strictObject({
  siteLossRpo: durationSchema().meta({
    description: 'Data that may be lost when the home centre is lost and the city survives.',
  }),
  siteLossRto: durationSchema().meta({ description: 'Time to service after that.' }),
  cityLossRpo: durationSchema().meta({ description: 'Data that may be lost when the whole city is lost.' }),
  cityLossRto: durationSchema().meta({ description: 'Time to service after that.' }),
  corruptionRpo: durationSchema().meta({
    description:
      'Data that may be lost after a logical error or ransomware: the age of the newest clean point.',
  }),
});

const retention = z.strictObject({
  keepLast: count('Newest recovery points that are kept.'),
  keepHourly: count('Hours of which the newest point is kept.'),
  keepDaily: count('Days of which the newest point is kept.'),
  keepWeekly: count('Weeks of which the newest point is kept.'),
  keepMonthly: count('Months of which the newest point is kept.'),
  keepYearly: count('Years of which the newest point is kept.'),
  keepVerified: z.int().min(1).max(10_000).meta({
    description:
      'Newest verified points that are kept whatever their age. At least one: the last verified copy is never removed.',
  }),
});

const verification = z.strictObject({
  level: z
    .enum(VERIFICATION_LEVELS)
    .meta({ description: 'Rung of proof that each copy is brought to: landed, intact, restored, queried.' }),
  every: durationSchema().meta({
    description: 'How often at least one copy of each dataset is proved again.',
  }),
});

const source = z.strictObject({
  field: textSchema(/^[A-Za-z]+(\.[A-Za-z]+)*$/, 'the path of a field, such as timed.schedule', 120).meta({
    description:
      'Field whose value it explains, below `spec`: `timed.schedule`, or a whole group: `retention`.',
  }),
  source: lineSchema(500).meta({ description: 'Document and clause, or the reasoning.' }),
  status: z.enum(SOURCE_STATUSES).meta({
    description:
      'How sure it is. The policy texts name no number: those are `proposal` or come from a standard.',
  }),
});

const spec = z.strictObject({
  class: z.enum(DATA_CLASSES).meta({ description: 'Class of data that it protects.' }),
  profile: nameSchema().meta({ description: 'Policy profile that it is written under.' }),
  version: nameSchema(40).meta({ description: 'Version of the policy, as runs and reports record it.' }),
  realtime: realtime
    .optional()
    .meta({ description: 'The real-time leg to the local DR centre (本地实时灾备). Absent: none.' }),
  timed: timed.optional().meta({ description: 'The timed leg to the remote DR centre (异地定时灾备).' }),
  targets: targets.meta({ description: 'What may be lost, and how long recovery may take, per disaster.' }),
  retention: retention.meta({ description: 'Which recovery points are kept.' }),
  verification: verification.meta({ description: 'How copies are proved.' }),
  owner: ownerSchema.optional(),
  sources: mapList(source, ['field'], 64)
    .optional()
    .meta({ description: 'Where each number comes from. A number without an entry is a finding.' }),
});

/** Class of data → protection (分级保护), as versioned policy data whose every number states its source. */
export const protectionPolicyKind = defineKind({
  kind: 'ProtectionPolicy',
  plural: 'protectionpolicies',
  shortNames: ['ppol'],
  scope: 'Cluster',
  writtenBy: 'config',
  description:
    'How one class of data is protected (分级保护): the real-time leg, the timed leg, targets per disaster, retention and verification. Each number states its source.',
  spec,
  status: protectionPolicyStatus,
  columns: [
    { name: 'Class', type: 'string', jsonPath: '.spec.class' },
    { name: 'Profile', type: 'string', jsonPath: '.spec.profile' },
    { name: 'Durability', type: 'string', jsonPath: '.spec.realtime.durability' },
    { name: 'Schedule', type: 'string', jsonPath: '.spec.timed.schedule.cron' },
    { name: 'Site-RPO', type: 'string', jsonPath: '.spec.targets.siteLossRpo' },
    { name: 'City-RPO', type: 'string', jsonPath: '.spec.targets.cityLossRpo' },
    { name: 'Datasets', type: 'integer', jsonPath: '.status.datasets' },
    { name: 'Version', type: 'string', jsonPath: '.spec.version', priority: 1 },
    OWNER_COLUMN,
    READY_COLUMN,
    MESSAGE_COLUMN,
    AGE_COLUMN,
  ],
});

/** A document of {@link protectionPolicyKind}, with defaults filled in. Times are texts with their units: `6h`. */
export type ProtectionPolicy = ResourceOf<typeof protectionPolicyKind>;

/** Class of data by the catalogue, one of {@link DATA_CLASSES}. */
export type DataClass = (typeof DATA_CLASSES)[number];
