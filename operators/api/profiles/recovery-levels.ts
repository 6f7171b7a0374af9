import { z } from 'zod';
import { mapList } from '../crd/rule.ts';
import { API_VERSION, type Resource } from '../kinds/kind.ts';
import { lineSchema, nameSchema } from '../values/name.ts';
import { sourced, sourceFields } from './sourced-value.ts';

const level = z.strictObject({
  level: z.int().min(1).max(6).meta({ description: 'Level; 6 is the highest.' }),
  rto: lineSchema(40).meta({ description: 'Example of the time to recover, as the table prints it.' }),
  rpo: lineSchema(40).meta({ description: 'Example of the data lost, as the table prints it.' }),
  ...sourceFields,
});

const edition = z.strictObject({
  edition: lineSchema(40).meta({ description: 'Edition of the standard.' }),
  inForceFrom: lineSchema(40).optional().meta({ description: 'Day from which it is the current one.' }),
  ...sourceFields,
  levels: z.array(level).length(6).meta({ description: 'The six levels, from the lowest.' }),
});

const element = z.strictObject({
  name: lineSchema(40).meta({ description: 'Name in the standard.' }),
  meaning: lineSchema(120).meta({ description: 'What it is.' }),
  shownBy: z.enum(['software', 'partly-software', 'attestation']).meta({
    description: 'Whether software can see it, or only somebody who has looked.',
  }),
  ...sourceFields,
});

const spec = z.strictObject({
  displayName: lineSchema().meta({ description: 'Name for people.' }),
  version: nameSchema(40).meta({ description: 'Version of these tables.' }),
  names: sourced(z.array(lineSchema(40)).length(6)).meta({
    description: 'Names of the six levels, from the lowest.',
  }),
  elements: mapList(element, ['name'], 7).length(7).meta({
    description: 'The seven elements. A level is reached only when all seven reach it.',
  }),
  editions: mapList(edition, ['edition'], 8).min(1).meta({ description: 'The table of each edition.' }),
});

/** The levels of disaster recovery of GB/T 20988. The tables are examples in an annex, no obligation. */
export const recoveryLevelsSchema = z.strictObject({
  apiVersion: z.literal(API_VERSION),
  kind: z.literal('RecoveryLevels'),
  metadata: z.strictObject({ name: nameSchema() }),
  spec,
});

export type RecoveryLevels = Resource<z.output<typeof spec>>;
