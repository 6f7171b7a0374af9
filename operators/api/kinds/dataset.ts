import { z } from 'zod';
import { exactlyOneOf, mapList, setList } from '../crd/rule.ts';
import { podLabelsSchema } from '../values/label.ts';
import { lineSchema, nameSchema } from '../values/name.ts';
import { portSchema } from '../values/network.ts';
import { sizeSchema } from '../values/size.ts';
import { boundedText, textSchema } from '../values/text-schema.ts';
import { daySchema } from '../values/time.ts';
import { datasetStatus } from './dataset-status.ts';
import { endpointSchema } from './endpoint.ts';
import { defineKind, ownerSchema, type ResourceOf } from './kind.ts';
import { AGE_COLUMN, OWNER_COLUMN, type PrintColumn } from './print-column.ts';
import { DATA_CLASSES } from './protection-policy.ts';

/** Results of the assessment of cryptography in use (密评, GB/T 39786). */
export const CRYPTOGRAPHY_STATUSES = [
  'passed',
  'passed-with-findings',
  'failed',
  'planned',
  'not-required',
] as const;

const podLabels = podLabelsSchema().meta({
  description: 'Labels of the pods that hold it: the openings for both legs are cut to exactly these pods.',
});

const database = z.strictObject({
  name: lineSchema(63).meta({ description: 'Name of the database.' }),
  class: z.enum(DATA_CLASSES).optional().meta({
    description: "Its own class. Absent: that of the dataset. The instance takes its databases' highest.",
  }),
  catalogueId: lineSchema(120).optional().meta({
    description: 'Its own record in the catalogue. Absent: that of the dataset.',
  }),
});

const postgres = z.strictObject({
  endpoint: endpointSchema.meta({ description: 'Where the instance is reached from other centres.' }),
  podLabels,
  podPort: portSchema().default(5432).meta({ description: 'Port of the database within its pod.' }),
  databases: mapList(database, ['name'], 500).min(1).meta({
    description: 'Databases that the catalogue names. Others that are found are listed as unnamed.',
  }),
});

/** Folders below a root, none of them `.` or `..`, which would lead out of it again. */
const PATH = /^(\/([^/.][^/]*|\.[^/.][^/]*|\.\.[^/]+))*\/?$/;

/** The largest number that Kubernetes takes for a user or group. */
const MOST_USERS = 2 ** 31 - 1;

const files = z.strictObject({
  endpoint: endpointSchema.optional().meta({
    description:
      'Where the read-only exporter of the volume is reached. Required as soon as another centre pulls the files.',
  }),
  volumeClaim: nameSchema().meta({
    description: 'PersistentVolumeClaim that holds the files, in the namespace of the dataset.',
  }),
  path: textSchema(PATH, 'an absolute path within the volume, without ".."', 1000)
    .default('/')
    .meta({ description: 'Folder within the volume.' }),
  runAs: z
    .strictObject({
      user: z
        .int()
        .min(1)
        .max(MOST_USERS)
        .meta({ description: 'Number of the user. Never 0: that is root.' }),
      group: z.int().min(0).max(MOST_USERS).meta({ description: 'Number of the group.' }),
    })
    .optional()
    .meta({
      description:
        'As whom the exporter reads: whoever may read every file. Absent: as nobody, who reads what everybody may. What it cannot read is counted and reported.',
    }),
  exclude: setList(lineSchema(500), 100)
    .optional()
    .meta({ description: 'Patterns of files that are left out, as rsync reads them. Absent: none.' }),
});

const objects = z.strictObject({
  endpoint: endpointSchema.meta({ description: 'Where the object store is reached from other centres.' }),
  podLabels: podLabels.optional().meta({
    description:
      'Labels of the pods that serve the store, where they run in the namespace of the dataset. Absent: it stands elsewhere.',
  }),
  podPort: portSchema().optional().meta({
    description: 'Port of the store within its pods. Absent: the port of the endpoint.',
  }),
  bucket: nameSchema().meta({ description: 'Bucket.' }),
  prefix: boundedText(1000).optional().meta({ description: 'Objects whose key begins so. Absent: all.' }),
});

const clusterState = z.strictObject({
  scope: z.enum(['zone', 'control-plane']).meta({
    description: "`zone`: zaibei's and the zone's objects. `control-plane`: an etcd snapshot with its keys.",
  }),
});

const spec = exactlyOneOf(
  z.strictObject({
    displayName: lineSchema().meta({ description: 'Name for people.' }),
    owner: ownerSchema.optional(),
    class: z.enum(DATA_CLASSES).optional().meta({
      description:
        'Class from the catalogue. Absent is a finding, and the dataset is treated as `important`.',
    }),
    catalogue: z
      .strictObject({
        id: lineSchema(120).meta({ description: 'Record in the data catalogue.' }),
        version: lineSchema(40).meta({
          description: 'Version of the catalogue that the class was read from.',
        }),
      })
      .optional()
      .meta({
        description: 'Catalogue record that gives the class (重要公共数据目录). Absent is a finding.',
      }),
    system: z
      .strictObject({
        name: lineSchema().meta({
          description: 'Information system that the data belongs to (数据—系统关联).',
        }),
        securityLevel: z.int().min(1).max(4).optional().meta({
          description:
            'Level of classified protection of the system (等保, GB/T 22239). Absent is a finding.',
        }),
        cryptography: z
          .strictObject({
            status: z.enum(CRYPTOGRAPHY_STATUSES).meta({ description: 'Result of the assessment.' }),
            date: daySchema().optional().meta({
              description: 'Day of the assessment, or the day for which it is planned.',
            }),
          })
          .optional()
          .meta({
            description: 'Assessment of cryptography in use (密评, GB/T 39786). Absent is a finding.',
          }),
      })
      .optional()
      .meta({ description: 'Information system that the data belongs to. Absent is a finding.' }),
    protectionGroup: nameSchema().meta({
      description:
        'Datasets of one group move together; they share one Placement, and the group is as old as its oldest member.',
    }),
    size: sizeSchema().meta({ description: 'Size, declared, for planning.' }),
    dailyChange: sizeSchema().meta({ description: 'Bytes changed per day, declared, for planning.' }),
    legalHold: z.boolean().default(false).meta({ description: 'While set, no copy expires.' }),
    suspend: z
      .boolean()
      .default(false)
      .meta({ description: 'Stops both legs and removes nothing; shows as not covered.' }),
    postgres: postgres.optional().meta({ description: 'A PostgreSQL instance.' }),
    files: files.optional().meta({ description: 'Files on a volume.' }),
    objects: objects.optional().meta({ description: 'Objects in a bucket.' }),
    clusterState: clusterState.optional().meta({ description: 'The state of the cluster itself.' }),
  }),
  'postgres',
  'files',
  'objects',
  'clusterState',
);

function leg(type: 'Realtime' | 'Timed'): PrintColumn {
  return { name: type, type: 'string', jsonPath: `.status.conditions[?(@.type=="${type}")].status` };
}

/** One thing to protect. */
export const datasetKind = defineKind({
  kind: 'Dataset',
  plural: 'datasets',
  // Not `ds`, as it would be natural: that is DaemonSet, and built-in names win.
  shortNames: ['dset'],
  scope: 'Namespaced',
  writtenBy: 'config',
  description:
    'One thing to protect, as the catalogue names it: a PostgreSQL instance, files on a volume, objects in a bucket, or the state of the cluster. Its class decides its protection.',
  spec,
  status: datasetStatus,
  columns: [
    { name: 'Class', type: 'string', jsonPath: '.spec.class' },
    { name: 'Group', type: 'string', jsonPath: '.spec.protectionGroup' },
    { name: 'Policy', type: 'string', jsonPath: '.status.policy' },
    { name: 'Phase', type: 'string', jsonPath: '.status.phase' },
    leg('Realtime'),
    leg('Timed'),
    { name: 'Protected-As', type: 'string', jsonPath: '.status.effectiveClass', priority: 1 },
    { name: 'Size', type: 'string', jsonPath: '.spec.size', priority: 1 },
    { name: 'Suspended', type: 'boolean', jsonPath: '.spec.suspend', priority: 1 },
    { name: 'System', type: 'string', jsonPath: '.spec.system.name', priority: 1 },
    OWNER_COLUMN,
    {
      name: 'Message',
      type: 'string',
      jsonPath: '.status.conditions[?(@.type=="Protected")].message',
      priority: 1,
    },
    AGE_COLUMN,
  ],
});

/** A document of {@link datasetKind}, with defaults filled in. Sizes are texts with their units: `500GiB`. */
export type Dataset = ResourceOf<typeof datasetKind>;
export type { Endpoint } from './endpoint.ts';
