import { z } from 'zod';
import { immutable, withRules } from '../crd/rule.ts';
import { statusFields } from '../values/condition.ts';
import { nameSchema } from '../values/name.ts';
import { defineKind, type ResourceOf } from './kind.ts';
import { AGE_COLUMN } from './print-column.ts';

const centreName = (description: string): z.ZodString => nameSchema(40).meta({ description });

const epoch = withRules(z.int().min(1).max(Number.MAX_SAFE_INTEGER), {
  rule: 'self >= oldSelf',
  message: 'the epoch never goes back',
});

const NO_REPLICA = 'the backup source is the replica, and there is none; use home';

const spec = withRules(
  z
    .strictObject({
      group: immutable(nameSchema(), 'group').meta({
        description: 'Protection group whose roles these are.',
      }),
      home: centreName('Centre that holds the data and serves it.'),
      replica: centreName('Centre of the real-time copy. Absent: the group has none now.').optional(),
      backup: centreName('Centre that runs and keeps the backups.'),
      backupSource: z.enum(['home', 'replica']).meta({ description: 'Whose copy the backup centre pulls.' }),
      epoch: epoch.meta({
        description:
          'Number of the agreement on these roles. It grows by each takeover and never goes back; who reads a newer one fences itself.',
      }),
    })
    .refine((value) => value.replica !== value.home, { message: 'home and replica are two centres' })
    .refine((value) => value.backup !== value.home, { message: 'home and backup are two centres' })
    .refine((value) => value.backupSource !== 'replica' || value.replica !== undefined, {
      message: NO_REPLICA,
    }),
  { rule: '!has(self.replica) || self.replica != self.home', message: 'home and replica are two centres' },
  { rule: 'self.backup != self.home', message: 'home and backup are two centres' },
  { rule: "self.backupSource != 'replica' || has(self.replica)", message: NO_REPLICA },
);

const status = z.strictObject({
  ...statusFields,
  datasets: z.int().min(0).max(10_000_000).optional().meta({
    description:
      'Datasets of the group. A Placement stays when they are gone, so that its epoch never starts again.',
  }),
});

/** The current roles of a protection group. Created from the designed roles; only recovery changes it. */
export const placementKind = defineKind({
  kind: 'Placement',
  plural: 'placements',
  shortNames: ['plc'],
  scope: 'Namespaced',
  writtenBy: 'operator',
  description:
    'Who plays which part for a protection group now: home, replica and backup centre, and the epoch of that agreement. Written by the operator only; a deployment never touches it.',
  spec,
  status,
  columns: [
    { name: 'Home', type: 'string', jsonPath: '.spec.home' },
    { name: 'Replica', type: 'string', jsonPath: '.spec.replica' },
    { name: 'Backup', type: 'string', jsonPath: '.spec.backup' },
    { name: 'Source', type: 'string', jsonPath: '.spec.backupSource', priority: 1 },
    { name: 'Epoch', type: 'integer', jsonPath: '.spec.epoch' },
    {
      name: 'As-Designed',
      type: 'string',
      jsonPath: '.status.conditions[?(@.type=="AsDesigned")].status',
    },
    { name: 'Datasets', type: 'integer', jsonPath: '.status.datasets', priority: 1 },
    AGE_COLUMN,
  ],
});

/** A document of {@link placementKind}, as the operator writes it. */
export type Placement = ResourceOf<typeof placementKind>;
