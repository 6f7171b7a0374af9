import { z } from 'zod';
import { mapList, setList } from '../crd/rule.ts';
import { MEASURES } from '../profiles/measure.ts';
import { statusFields } from '../values/condition.ts';
import { lineSchema, nameSchema } from '../values/name.ts';
import { DATA_CLASSES } from './protection-policy.ts';
import { reportedFindingsSchema } from './reported-finding.ts';

/** Coarse states of a dataset, for people. */
export const DATASET_PHASES = [
  'Unresolved',
  'Suspended',
  'Unprotected',
  'Partial',
  'Unknown',
  'Protected',
] as const;

const requirement = z.strictObject({
  measure: z.enum(MEASURES).meta({ description: 'What its class or the level of its system asks for.' }),
  askedBy: setList(lineSchema(200), 16).meta({
    description: 'Who asks for it: `profile fujian-2023`, `等保 level 3, 8.1.4.9 b)`.',
  }),
  answeredBy: z.enum(['realtime', 'timed', 'attestation', 'nothing']).meta({
    description:
      'What answers it: a leg of the policy; somebody who has looked, because no document shows it; or nothing.',
  }),
});

/** Status of a Dataset. */
export const datasetStatus = z.strictObject({
  ...statusFields,
  policy: nameSchema().optional().meta({ description: 'ProtectionPolicy that applies.' }),
  effectiveClass: z.enum(DATA_CLASSES).optional().meta({ description: 'Class by which it is protected.' }),
  requirements: mapList(requirement, ['measure'], MEASURES.length).optional().meta({
    description:
      'What it is to be given: the union of what the policy profile asks for its class and 等保 for the level of its system. Absent: not resolved.',
  }),
  findings: reportedFindingsSchema(),
});

/** What the operator says about a dataset. */
export type DatasetStatus = z.infer<typeof datasetStatus>;

/** One word on a dataset, one of {@link DATASET_PHASES}. */
export type DatasetPhase = (typeof DATASET_PHASES)[number];
