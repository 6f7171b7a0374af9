import { z } from 'zod';
import { atomicList } from '../crd/rule.ts';
import { boundedText, textSchema } from '../values/text-schema.ts';

/** How many findings a status lists; its condition tells how many there are. */
export const REPORTED_FINDINGS = 20;

/** Longest texts of a finding in a status, in characters. */
export const LONGEST_FINDING = { field: 300, message: 1000 } as const;

const reportedFinding = z.strictObject({
  code: textSchema(/^ZB-[A-Z]{3}-[0-9]{3}$/, 'the code of a rule, such as ZB-TIM-001', 10).meta({
    description: 'Rule that is broken, from the list of rules.',
  }),
  severity: z.enum(['error', 'warning']).meta({ description: 'How bad it is.' }),
  field: boundedText(LONGEST_FINDING.field).meta({
    description: 'Field within the document, such as `spec.timed.schedule.cron`; empty for the whole of it.',
  }),
  message: boundedText(LONGEST_FINDING.message).meta({ description: 'What was found, and what is allowed.' }),
});

/** One thing that the rules find wrong with a document, as its status tells it. */
export type ReportedFinding = z.infer<typeof reportedFinding>;

/** Schema of what the rules find wrong with a document. */
export function reportedFindingsSchema(): z.ZodOptional<z.ZodArray<typeof reportedFinding>> {
  return atomicList(reportedFinding, REPORTED_FINDINGS)
    .optional()
    .meta({
      description: `What the rules find wrong with it, errors first; at most ${REPORTED_FINDINGS} are listed. Absent: nothing.`,
    });
}
