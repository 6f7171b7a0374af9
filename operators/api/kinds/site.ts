import { z } from 'zod';
import { exactlyOneOf } from '../crd/rule.ts';
import { lineSchema, nameSchema } from '../values/name.ts';
import { storeUrlSchema } from '../values/network.ts';
import { quantitySchema } from '../values/quantity.ts';
import { textSchema } from '../values/text-schema.ts';
import { API_VERSION, type Resource } from './kind.ts';

/** Schema of a line that Terraform reads: its templates are evaluated wherever they stand. */
function plainLine(maxLength: number): z.ZodString {
  return lineSchema(maxLength)
    .regex(/^\P{C}*$/u, 'use characters that can be printed')
    .refine((line) => !/[$%]\{/.test(line), {
      message: 'use neither "${" nor "%{": Terraform evaluates them',
    });
}

const local = z.strictObject({
  directory: plainLine(500).meta({
    description: 'Folder for the state files; relative to the site folder unless absolute.',
  }),
});

const s3 = z.strictObject({
  endpoint: storeUrlSchema().meta({
    description: 'URL of the object store; credentials come from the environment, never from here.',
  }),
  bucket: nameSchema().meta({ description: 'Bucket, with versioning on.' }),
  prefix: plainLine(200).default('zaibei').meta({ description: 'Key prefix of the state files.' }),
  region: nameSchema().default('main').meta({ description: 'Region name.' }),
});

const pg = z.strictObject({
  schemaPrefix: textSchema(/^[a-z][a-z0-9_]*$/, 'lower-case letters, digits and "_"', 40)
    .default('zaibei')
    .meta({
      description:
        'Schema of each stack is this and the stack name. The connection string comes from the environment (PG_CONN_STR).',
    }),
});

const operator = z.strictObject({
  image: plainLine(300)
    .regex(/^\S+[:@]\S+$/, 'name its version: a tag or a digest')
    .meta({
      description: 'Image of the operator, by tag or digest, as the nodes of every centre can pull it.',
    }),
  moverImage: plainLine(300)
    .regex(/^\S+[:@]\S+$/, 'name its version: a tag or a digest')
    .optional()
    .meta({
      description:
        'Image of what the operator runs in pods of its own: exporters of volumes, movers. Absent: it runs none of them.',
    }),
  journal: z
    .strictObject({
      storageClass: nameSchema().meta({ description: 'Class of the volume.' }),
      accessMode: z.enum(['ReadWriteMany', 'ReadWriteOnce']).default('ReadWriteOnce').meta({
        description:
          '`ReadWriteMany` lets the two operators of a centre run on two nodes; with `ReadWriteOnce` they share one.',
      }),
      size: quantitySchema().default('1Gi').meta({ description: 'Room of the volume.' }),
    })
    .meta({ description: "The volume of a centre's journal: evidence that outlives the operator." }),
});

const spec = z.strictObject({
  renderer: z.enum(['kubernetes', 'kubectl']).meta({
    description:
      'How objects are handed to Terraform: `kubernetes` = `kubernetes_manifest` of hashicorp/kubernetes; `kubectl` = `kubectl_manifest` of gavinbunney/kubectl, which builds from Go modules.',
  }),
  state: exactlyOneOf(
    z.strictObject({
      local: local.optional().meta({ description: 'Files on the machine that deploys.' }),
      s3: s3.optional().meta({ description: 'S3-compatible store; credentials come from the environment.' }),
      pg: pg.optional().meta({ description: 'PostgreSQL; the connection comes from the environment.' }),
    }),
    'local',
    's3',
    'pg',
  ).meta({ description: 'Where Terraform keeps its state. Never only inside the centre it describes.' }),
  contexts: z.record(nameSchema(40), plainLine(200)).optional().meta({
    description: 'Kubeconfig context per centre. Absent, also of a single centre: `<site>-<centre>`.',
  }),
  operator: operator.optional().meta({
    description: 'How the operator runs in every centre. Absent: it is not deployed.',
  }),
  extent: z.enum(['whole', 'part']).default('whole').meta({
    description:
      'Whether the documents describe the whole province, or a part of it such as a lab. Of a part, the counts of platforms (1+1+10+N) are upper bounds.',
  }),
  strict: z
    .boolean()
    .default(false)
    .meta({ description: 'Refuse what is a finding otherwise, such as an unclassified dataset.' }),
});

/** Settings of a site that concern whoever deploys it: they stand in its folder and never reach a cluster. */
export const siteSchema = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('Site'),
  metadata: z.strictObject({ name: nameSchema() }),
  spec,
});

/** The settings of a site as they are read, with defaults filled in. */
export type Site = Resource<z.output<typeof spec>>;
