import { z } from 'zod';
import { setList } from '../crd/rule.ts';
import { API_VERSION, type Resource } from '../kinds/kind.ts';
import { DATA_CLASSES } from '../kinds/protection-policy.ts';
import { lineSchema, nameSchema } from '../values/name.ts';
import { MEASURES } from './measure.ts';
import { sourceFields } from './sourced-value.ts';

const clause = z.strictObject({
  level: z.int().min(1).max(4).meta({ description: 'Level from which it applies, and on every one above.' }),
  clause: lineSchema(40).optional().meta({ description: 'Number of the clause, where it is known.' }),
  text: lineSchema(500).meta({ description: 'What it asks for, in short.' }),
  measure: z.enum(MEASURES).meta({ description: 'The measure that answers it.' }),
  classes: setList(z.enum(DATA_CLASSES), 3)
    .min(1)
    .meta({ description: 'Classes of data that it is read for.' }),
  shownBy: z.enum(['documents', 'attestation']).meta({
    description: 'Whether the documents of a site show it, or only somebody who has looked.',
  }),
  ...sourceFields,
});

const spec = z.strictObject({
  displayName: lineSchema().meta({ description: 'Name for people.' }),
  version: nameSchema(40).meta({ description: 'Version of this table.' }),
  clauses: z.array(clause).min(1).max(64).meta({ description: 'The clauses on backup and recovery.' }),
});

/** What the level of a system asks for (等保, GB/T 22239-2019), on top of the policy. */
export const classifiedProtectionSchema = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('ClassifiedProtection'),
  metadata: z.strictObject({ name: nameSchema() }),
  spec,
});

export type ClassifiedProtection = Resource<z.output<typeof spec>>;
