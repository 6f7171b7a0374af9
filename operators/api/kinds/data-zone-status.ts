import { z } from 'zod';
import { atomicList } from '../crd/rule.ts';
import { statusFields } from '../values/condition.ts';
import { quantitySchema } from '../values/quantity.ts';
import { boundedText } from '../values/text-schema.ts';
import { instantSchema } from '../values/time.ts';
import { reportedFindingsSchema } from './reported-finding.ts';

/** How many departures from what is declared a status lists. */
export const LISTED_DRIFT = 50;

/** Longest text about one of them, in characters. */
export const LONGEST_DRIFT = 500;

/** How many of the uncovered a status lists. */
export const LISTED_UNCOVERED = 100;

const amount = (description: string): z.ZodInt => z.int().min(0).max(10_000_000).meta({ description });

const objectName = boundedText(253);

const quotaUsed = z.strictObject({
  cpu: quantitySchema().meta({ description: 'Cores that the pods of its tenants request.' }),
  memory: quantitySchema().meta({ description: 'Memory that they request.' }),
  storage: quantitySchema().meta({ description: 'Volume capacity that their claims request.' }),
  pods: amount('Number of their pods.'),
  asOf: instantSchema().meta({ description: 'When these figures were taken; they follow once a minute.' }),
});

const departure = z.strictObject({
  kind: z.enum(['Namespace', 'ResourceQuota', 'NetworkPolicy']).meta({ description: 'Kind of the object.' }),
  namespace: objectName.optional().meta({ description: 'Its namespace. Absent: it has none.' }),
  name: objectName.meta({ description: 'Its name.' }),
  found: boundedText(LONGEST_DRIFT).meta({ description: 'How it differs from what is declared.' }),
});

const drift = z.strictObject({
  total: amount('Objects that are missing, altered, or not of the zone.'),
  objects: atomicList(departure, LISTED_DRIFT)
    .optional()
    .meta({ description: `Which they are; at most ${LISTED_DRIFT} are listed. Absent: none.` }),
});

const uncovered = z.strictObject({
  kind: z
    .enum(['StatefulSet', 'Deployment', 'PersistentVolumeClaim'])
    .meta({ description: 'Kind of the object.' }),
  namespace: objectName.meta({ description: 'Tenant that it belongs to.' }),
  name: objectName.meta({ description: 'Its name.' }),
  stateless: z.boolean().optional().meta({
    description: 'Set: a Deployment without any volume claim, which keeps nothing that could be lost.',
  }),
});

const coverage = z.strictObject({
  workloads: amount('StatefulSets, and Deployments with volume claims, of the tenants.'),
  uncoveredWorkloads: amount('Those of them that no Dataset names.'),
  claims: amount('PersistentVolumeClaims of the tenants.'),
  uncoveredClaims: amount('Those of them that no Dataset names, by claim or by the workload that uses it.'),
  stateless: amount('Deployments without volume claims that no Dataset names.'),
  uncovered: atomicList(uncovered, LISTED_UNCOVERED)
    .optional()
    .meta({
      description: `What no Dataset names: claims, then workloads, the stateless last; at most ${LISTED_UNCOVERED} are listed. Absent: nothing.`,
    }),
});

/** Status of a DataZone. */
export const dataZoneStatus = z.strictObject({
  ...statusFields,
  tenants: amount('Tenants whose namespace stands in this centre.').optional(),
  quotaUsed: quotaUsed.optional().meta({
    description: 'What the tenants use of the quota in this centre. Absent: not known yet.',
  }),
  drift: drift.optional().meta({
    description:
      'What in this centre differs from the document, as far as namespaces, quotas and isolation show it; `npm run diff` compares everything that was deployed.',
  }),
  coverage: coverage.optional().meta({
    description: 'What there is in the namespaces of its tenants in this centre, against what Datasets name.',
  }),
  findings: reportedFindingsSchema(),
});

/** What the operator of one centre says about a zone. */
export type DataZoneStatus = z.infer<typeof dataZoneStatus>;
