import { z } from 'zod';
import { SOURCE_STATUSES } from '../kinds/protection-policy.ts';
import { lineSchema } from '../values/name.ts';

/** Fields that say where an entry comes from, and how sure that is. No number of zaibei stands without them. */
export const sourceFields = {
  source: lineSchema(500).meta({ description: 'Document and clause, or the reasoning.' }),
  status: z.enum(SOURCE_STATUSES).meta({
    description:
      '`cited`: read in the text itself. `secondary`: read in a copy or on a page about it. `unconfirmed`: from memory, to be checked. `derived`: arithmetic from sourced numbers. `proposal`: ours, required by nobody.',
  }),
};

/** How sure a source is. */
export type SourceStatus = (typeof SOURCE_STATUSES)[number];

/** A value with its source. */
export interface Sourced<T> {
  readonly value: T;
  readonly source: string;
  readonly status: SourceStatus;
}

/** Schema of a value with its source. */
export function sourced<T extends z.ZodType>(value: T): z.ZodObject<{ value: T } & typeof sourceFields> {
  return z.strictObject({ value, ...sourceFields });
}
