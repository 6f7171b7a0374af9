import { z } from 'zod';
import { atomicList, setList } from '../crd/rule.ts';
import { statusFields } from '../values/condition.ts';
import { durationSchema } from '../values/duration.ts';
import { nameSchema } from '../values/name.ts';
import { boundedText } from '../values/text-schema.ts';
import { instantSchema } from '../values/time.ts';
import { reportedFindingsSchema } from './reported-finding.ts';

/** How many of the next due times a status lists. */
export const NEXT_SLOTS = 3;

/** How many datasets a status lists whose changes do not fit the line. */
export const LISTED_MISFITS = 20;

const amount = (description: string): z.ZodInt => z.int().min(0).max(10_000_000).meta({ description });

const misfit = z.strictObject({
  dataset: boundedText(130).meta({ description: 'The dataset: `namespace/name`.' }),
  link: nameSchema().meta({ description: 'Line that its changes travel over.' }),
  needs: durationSchema().meta({ description: 'How long the changes of one interval take on the line.' }),
  interval: durationSchema().meta({ description: 'Longest time between two runs.' }),
});

const feasibility = z.strictObject({
  judged: amount('Datasets whose way to the store is known.'),
  unjudged: amount('Datasets of which no line leads from home to the store, so that nothing can be said.'),
  exceeding: amount('Datasets whose changes of one interval take longer than the interval.'),
  exceedingDatasets: atomicList(misfit, LISTED_MISFITS)
    .optional()
    .meta({
      description: `Those that exceed it, the worst first; at most ${LISTED_MISFITS} are listed. Absent: none.`,
    }),
  overloadedLinks: setList(nameSchema(), 64).optional().meta({
    description: 'Lines on which the changes of all datasets together do not fit. Absent: none.',
  }),
});

/** Status of a ProtectionPolicy. */
export const protectionPolicyStatus = z.strictObject({
  ...statusFields,
  datasets: amount('Datasets that it protects.').optional(),
  nextSlots: atomicList(instantSchema(), NEXT_SLOTS).optional().meta({
    description:
      'When the timed leg is due next, in the time zone of its schedule. Absent: there is no timed leg.',
  }),
  feasibility: feasibility.optional().meta({
    description:
      'Whether the changes of its datasets reach the store in time, by their declared size. Absent: there is no timed leg.',
  }),
  findings: reportedFindingsSchema(),
});

/** What the operator says about a policy. */
export type ProtectionPolicyStatus = z.infer<typeof protectionPolicyStatus>;
