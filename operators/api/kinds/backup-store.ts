import { z } from 'zod';
import { exactlyOneOf, immutable } from '../crd/rule.ts';
import { statusFields } from '../values/condition.ts';
import { durationSchema } from '../values/duration.ts';
import { nameSchema } from '../values/name.ts';
import { hostSchema, portSchema } from '../values/network.ts';
import { sizeSchema } from '../values/size.ts';
import { defineKind, ownerSchema, type ResourceOf } from './kind.ts';
import { AGE_COLUMN, MESSAGE_COLUMN, OWNER_COLUMN, READY_COLUMN } from './print-column.ts';

const volume = z.strictObject({
  volumeClaim: nameSchema().meta({ description: 'PersistentVolumeClaim in `zb-store`.' }),
});

const s3 = z.strictObject({
  host: hostSchema().meta({ description: 'Host of the object store, in the same centre.' }),
  port: portSchema().default(443).meta({ description: 'Port; TLS always.' }),
  bucket: nameSchema().meta({ description: 'Bucket.' }),
  region: nameSchema().optional().meta({ description: 'Region name. Absent: the store has no regions.' }),
});

const location = exactlyOneOf(
  z.strictObject({
    volume: volume.optional().meta({ description: 'A volume of the centre.' }),
    s3: s3.optional().meta({ description: 'An S3-compatible object store.' }),
  }),
  'volume',
  's3',
);

const key = z.strictObject({
  id: nameSchema().meta({ description: 'Id of the key, as manifests record it.' }),
  algorithm: z.enum(['AES-256', 'SM4']).meta({ description: 'Algorithm by which copies are encrypted.' }),
  secret: nameSchema().meta({
    description:
      'Secret in `zb-store` that holds it. Its content is written by people, never by a deployment.',
  }),
});

const immutability = z.strictObject({
  mode: z.enum(['append-only', 'object-lock']).meta({
    description:
      '`append-only`: the endpoint that writers reach can add and neither change nor delete. `object-lock`: the object store refuses deletion.',
  }),
  minimumAge: durationSchema().meta({
    description: 'Age below which the keeper removes nothing, whatever it is asked.',
  }),
  keepVerified: z.int().min(1).max(1000).meta({
    description: 'Newest verified copies of each dataset that the keeper keeps, whatever it is asked.',
  }),
});

const spec = z.strictObject({
  centre: immutable(nameSchema(40), 'centre').meta({ description: 'Centre in which it stands.' }),
  engine: immutable(z.enum(['restic']), 'engine').meta({
    description: 'Program whose repository format it has.',
  }),
  location: location.meta({ description: 'Where the repository lies.' }),
  key: key.meta({ description: 'Reference to the key that encrypts it.' }),
  immutability: immutability.meta({ description: 'How copies are sealed.' }),
  capacity: sizeSchema().meta({ description: 'Size it may grow to.' }),
  owner: ownerSchema.optional(),
});

const status = z.strictObject({
  ...statusFields,
  used: sizeSchema().optional().meta({ description: 'Size it has, as last measured.' }),
});

/** Where a centre keeps backups. */
export const backupStoreKind = defineKind({
  kind: 'BackupStore',
  plural: 'backupstores',
  shortNames: ['bst'],
  scope: 'Cluster',
  writtenBy: 'config',
  description:
    'Where a centre keeps backups: the engine, the place, the reference to the key, and how copies are sealed against change.',
  spec,
  status,
  columns: [
    { name: 'Centre', type: 'string', jsonPath: '.spec.centre' },
    { name: 'Engine', type: 'string', jsonPath: '.spec.engine' },
    { name: 'Sealed', type: 'string', jsonPath: '.spec.immutability.mode' },
    { name: 'Capacity', type: 'string', jsonPath: '.spec.capacity' },
    { name: 'Used', type: 'string', jsonPath: '.status.used' },
    OWNER_COLUMN,
    READY_COLUMN,
    MESSAGE_COLUMN,
    AGE_COLUMN,
  ],
});

/** A document of {@link backupStoreKind}, with defaults filled in. */
export type BackupStore = ResourceOf<typeof backupStoreKind>;
