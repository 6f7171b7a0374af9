import { z } from 'zod';
import { mapList } from '../crd/rule.ts';
import { boundedText, textSchema } from './text-schema.ts';
import { instantSchema } from './time.ts';

/** What a condition can say. */
export const CONDITION_STATUSES = ['True', 'False', 'Unknown'] as const;

/** Schema of one condition, as `metav1.Condition`: a statement about an object, with reason and time. */
export const conditionSchema = z.strictObject({
  type: textSchema(/^[A-Za-z][A-Za-z0-9]*$/, 'one word of letters and digits', 316).meta({
    description: 'What the statement is about, such as `Ready`.',
  }),
  status: z.enum(CONDITION_STATUSES).meta({ description: 'Whether it holds. Unknown is never fine.' }),
  observedGeneration: z
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .optional()
    .meta({ description: 'Generation that was judged; the statement says nothing about a newer one.' }),
  lastTransitionTime: instantSchema().meta({ description: 'When `status` last changed.' }),
  reason: textSchema(/^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$/, 'one word, such as LagTooHigh', 1024).meta({
    description: 'Why, as one word for machines.',
  }),
  message: boundedText(32_768).meta({ description: 'What a person should know.' }),
});

/** One condition. */
export type Condition = z.infer<typeof conditionSchema>;

/** Fields that every status has. */
export const statusFields = {
  observedGeneration: z
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .optional()
    .meta({ description: 'Generation of the spec that this status describes.' }),
  conditions: mapList(conditionSchema, ['type'], 32)
    .optional()
    .meta({ description: 'Statements about the object, one per type.' }),
  phase: boundedText(32)
    .optional()
    .meta({ description: 'One word for people; machines read the conditions.' }),
};

/** The condition of a type, when it was judged at the object's present generation; an older statement is no statement. */
export function findCondition(
  conditions: readonly Condition[] | undefined,
  type: string,
  generation: number,
): Condition | undefined {
  const found = conditions?.find((condition) => condition.type === type);
  return found?.observedGeneration === generation ? found : undefined;
}
