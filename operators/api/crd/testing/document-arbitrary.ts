import fc, { type Arbitrary } from 'fast-check';
import { RULES_KEYWORD } from '../rule.ts';
import type { StructuralSchema } from '../structural-schema.ts';

/** How many of the optional fields generated documents have. */
export type Fullness = 'all' | 'some';

/** Lists and texts stay short: what happens at their bounds is asked by mutations, one bound at a time. */
const SHORT = 3;

/**
 * Documents that fit a structural schema: of the variants of which exactly one may be set they have one. Other rules that
 * tie fields together are not known to it, so a few documents break one.
 */
export function documentArbitrary(schema: StructuralSchema, fullness: Fullness): Arbitrary<unknown> {
  switch (schema.type) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? Number.MAX_SAFE_INTEGER });
    case 'number':
      return fc.double({ min: schema.minimum ?? 0, max: schema.maximum ?? 1, noNaN: true });
    case 'string':
      return textArbitrary(schema);
    case 'array':
      return listArbitrary(schema, fullness);
    case 'object':
      return schema.additionalProperties === undefined
        ? objectArbitrary(schema, fullness)
        : fc.dictionary(
            fc.stringMatching(/^[a-z]([-a-z0-9._]{0,5}[a-z0-9])?$/),
            documentArbitrary(schema.additionalProperties, fullness),
            { minKeys: Math.max(schema.minProperties ?? 0, fullness === 'all' ? 1 : 0), maxKeys: SHORT },
          );
  }
}

/** The fields of which exactly one may be set, as {@link exactlyOneOf} writes its rule; empty where there is no such rule. */
export function variantsOf(schema: StructuralSchema): readonly string[] {
  const rule = schema[RULES_KEYWORD]?.find(({ rule }) => rule.endsWith('.exists_one(set, set)'))?.rule ?? '';
  return Array.from(rule.matchAll(/has\(self\.(\w+)\)/g), ([, field = '']) => field);
}

/** Which variants a document has chosen, from the outside to the inside; of a list the first entry tells. */
export function choicesOf(value: unknown, schema: StructuralSchema): string[] {
  if (Array.isArray(value)) return schema.items === undefined ? [] : choicesOf(value[0], schema.items);
  if (typeof value !== 'object' || value === null) return [];
  const fields = new Map<string, unknown>(Object.entries(value));
  const variants = variantsOf(schema);
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    if (!fields.has(name)) return [];
    const inner = choicesOf(fields.get(name), field);
    return variants.includes(name) ? [name, ...inner] : inner;
  });
}

function textArbitrary({
  enum: words,
  pattern,
  minLength = 0,
  maxLength = SHORT,
}: StructuralSchema): Arbitrary<string> {
  if (words !== undefined) return fc.constantFrom(...words);
  // Grown to full length, so that generated names and schedules are told apart.
  const length = Math.min(maxLength, Math.max(40, minLength));
  const text =
    pattern === undefined
      ? fc.string({ unit: 'binary', minLength, maxLength: length })
      : fc.stringMatching(new RegExp(pattern), { maxLength: length, size: 'medium' });
  return text.filter((written) => Array.from(written).length >= minLength);
}

function listArbitrary(schema: StructuralSchema, fullness: Fullness): Arbitrary<unknown[]> {
  const { items, minItems = 0, maxItems = SHORT } = schema;
  if (items === undefined) return fc.constant([]);
  const item = documentArbitrary(items, fullness);
  const bounds = {
    minLength: Math.max(minItems, fullness === 'all' ? 1 : 0),
    maxLength: Math.min(maxItems, Math.max(minItems, SHORT)),
  };
  const type = schema['x-kubernetes-list-type'];
  if (type === 'atomic') return fc.array(item, bounds);
  return fc.uniqueArray(item, { ...bounds, selector: (value) => identityOf(value, schema) });
}

/** By what an entry of a list with the type `set` or `map` is told from the others; defaults count as written. */
export function identityOf(value: unknown, list: StructuralSchema): string {
  const keys = list['x-kubernetes-list-map-keys'];
  if (keys === undefined || typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entry = new Map<string, unknown>(Object.entries(value));
  return JSON.stringify(keys.map((key) => entry.get(key) ?? list.items?.properties?.[key]?.default));
}

function objectArbitrary(schema: StructuralSchema, fullness: Fullness): Arbitrary<object> {
  const { properties = {}, required = [] } = schema;
  const variants = variantsOf(schema);
  const plain = Object.entries(properties).filter(([name]) => !variants.includes(name));
  const fields = Object.fromEntries(plain.map(([name, field]) => [name, documentArbitrary(field, fullness)]));
  const present = fullness === 'all' ? Object.keys(fields) : required;
  const rest = fc.record(fields, { requiredKeys: [...present] });
  if (variants.length === 0) return rest;
  const variant = fc.oneof(
    ...variants.flatMap((name) => {
      const field = properties[name];
      return field === undefined
        ? []
        : [documentArbitrary(field, fullness).map((value) => ({ [name]: value }))];
    }),
  );
  return fc.tuple(rest, variant).map(([one, other]) => ({ ...one, ...other }));
}
