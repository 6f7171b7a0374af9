import { z } from 'zod';

/** One CEL rule of a CRD (`x-kubernetes-validations`): what must hold, and what a person reads when it does not. */
export interface CelRule {
  readonly rule: string;
  readonly message: string;
}

/** The keyword under which a CRD schema carries CEL rules. */
export const RULES_KEYWORD = 'x-kubernetes-validations';

/** Adds CEL rules to those that a schema carries already. */
export function withRules<T extends z.ZodType>(schema: T, ...rules: readonly CelRule[]): T {
  const present = schema.meta()?.[RULES_KEYWORD];
  const before: readonly unknown[] = Array.isArray(present) ? present : [];
  return schema.meta({ [RULES_KEYWORD]: [...before, ...rules] });
}

/**
 * Variants as optional siblings of which exactly one is set: unions are not structural, so a CRD cannot say them.
 * zod and the API server refuse the same documents with the same words.
 */
export function exactlyOneOf<T extends z.ZodObject>(
  schema: T,
  ...fields: readonly (keyof T['shape'] & string)[]
): T {
  const message = `set exactly one of ${fields.join(', ')}`;
  const refined = schema.refine(
    (value) => fields.filter((field) => value[field] !== undefined).length === 1,
    { message, when: ({ value }) => typeof value === 'object' && value !== null },
  );
  return withRules(refined, {
    rule: `[${fields.map((field) => `has(self.${field})`).join(', ')}].exists_one(set, set)`,
    message,
  });
}

/** A value that stays what it was when the object was created. zod sees one version only, so only the API server can tell. */
export function immutable<T extends z.ZodType>(schema: T, field: string): T {
  return withRules(schema, {
    rule: 'self == oldSelf',
    message: `${field} cannot be changed; make a new object instead`,
  });
}

/** A list of objects that are told apart by the fields `keys`; duplicates are refused, and appliers may own single items. */
export function mapList<T extends z.ZodObject>(
  item: T,
  keys: readonly (keyof T['shape'] & string)[],
  max: number,
): z.ZodArray<T> {
  const identity = (value: Partial<z.infer<T>> | null): string | undefined => {
    const values = keys.map((key) => value?.[key]);
    return values.includes(undefined) ? undefined : JSON.stringify(values);
  };
  return z
    .array(item)
    .max(max)
    .superRefine((items, context) => {
      refuseDuplicates(items.map(identity), `two entries have the same ${keys.join(' and ')}`, context);
    }, EVEN_WITH_OTHER_MISTAKES)
    .meta({ 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': keys });
}

/** A list of scalars without order in which each stands once. */
export function setList<T extends z.ZodType<string>>(item: T, max: number): z.ZodArray<T> {
  return z
    .array(item)
    .max(max)
    .superRefine((items, context) => {
      refuseDuplicates(items, 'the same value stands twice', context);
    }, EVEN_WITH_OTHER_MISTAKES)
    .meta({ 'x-kubernetes-list-type': 'set' });
}

/** A list whose order matters, or that is written as a whole. */
export function atomicList<T extends z.ZodType>(item: T, max: number): z.ZodArray<T> {
  return z.array(item).max(max).meta({ 'x-kubernetes-list-type': 'atomic' });
}

/** So that one mistake in a list does not hide another: all are reported at once. Entries may then be of any shape. */
const EVEN_WITH_OTHER_MISTAKES = {
  when: ({ value }: { value: unknown }): boolean => Array.isArray(value),
};

function refuseDuplicates(
  identities: readonly (string | undefined)[],
  message: string,
  context: z.RefinementCtx,
): void {
  const seen = new Set<string>();
  identities.forEach((identity, index) => {
    if (identity === undefined) return;
    if (seen.has(identity)) context.addIssue({ code: 'custom', message, path: [index] });
    seen.add(identity);
  });
}
