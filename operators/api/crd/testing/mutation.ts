import fc from 'fast-check';
import { RULES_KEYWORD } from '../rule.ts';
import type { StructuralSchema } from '../structural-schema.ts';
import { documentArbitrary, identityOf, variantsOf } from './document-arbitrary.ts';
import { numberChanges, textChanges, wrongTypesOf } from './scalar-changes.ts';

/**
 * What becomes of a mutated document: taken by both, refused by both; or `null` where a field may be absent: the API
 * server reads it as absent, while zod refuses it, because an empty value in a file is most often a slip. Undefined
 * where a rule decides that a schema cannot show: both must agree, whatever they say.
 */
export type Verdict = 'accepted' | 'refused' | 'null-is-absent';

/** One change to one place of a document, and what becomes of it. */
export interface Mutation {
  /** `spec.centres[0].name: one character too long`. */
  readonly title: string;
  /** The changed value at the place from which {@link mutationsOf} was asked. */
  readonly value: unknown;
  readonly verdict: Verdict | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** Every change at every place of a value that fits the schema: each bound of each field, from both sides. */
export function mutationsOf(value: unknown, schema: StructuralSchema, path: string): Mutation[] {
  return [...changesHere(value, schema, path), ...changesBelow(value, schema, path)];
}

function changesBelow(value: unknown, schema: StructuralSchema, path: string): Mutation[] {
  if (Array.isArray(value) && schema.items !== undefined) {
    const [first, ...others] = value as unknown[];
    if (first === undefined) return [];
    const inner = mutationsOf(first, schema.items, `${path}[0]`);
    return inner.map((mutation) => ({ ...mutation, value: [mutation.value, ...others] }));
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, field]) => {
    const inner = schema.properties?.[name] ?? schema.additionalProperties;
    if (inner === undefined) return [];
    const mutations = mutationsOf(field, inner, `${path}.${name}`).map((mutation) => ({
      ...mutation,
      value: { ...value, [name]: mutation.value },
    }));
    const absent =
      schema.required?.includes(name) === true || variantsOf(schema).includes(name)
        ? 'refused'
        : ruled(schema, 'null-is-absent');
    const empty = { title: `${path}.${name}: null`, value: { ...value, [name]: null }, verdict: absent };
    return absent === undefined ? mutations : [...mutations, empty];
  });
}

function changesHere(value: unknown, schema: StructuralSchema, path: string): Mutation[] {
  const change = (what: string, changed: unknown, verdict: Verdict | undefined): Mutation => ({
    title: `${path}: ${what}`,
    value: changed,
    verdict,
  });
  const wrongTypes = wrongTypesOf(schema).map((wrong) =>
    change(`${JSON.stringify(wrong)} for ${schema.type}`, wrong, 'refused'),
  );
  switch (schema.type) {
    case 'boolean':
      return wrongTypes;
    case 'string':
      return [...wrongTypes, ...textChanges(String(value), schema, change)];
    case 'integer':
    case 'number':
      return [...wrongTypes, ...numberChanges(schema, change)];
    case 'array':
      return [...wrongTypes, ...listChanges(Array.isArray(value) ? value : [], schema, change)];
    case 'object':
      return [...wrongTypes, ...objectChanges(isObject(value) ? value : {}, schema, change)];
  }
}

/** Makes a mutation of what was changed in words, the changed value, and what becomes of it. */
export type Change = (what: string, changed: unknown, verdict: Verdict | undefined) => Mutation;

function listChanges(value: readonly unknown[], schema: StructuralSchema, change: Change): Mutation[] {
  const { items, minItems = 0, maxItems = 0 } = schema;
  const told = schema['x-kubernetes-list-type'] !== 'atomic';
  const changes = [
    change('empty', [], minItems === 0 ? 'accepted' : 'refused'),
    change('null within', [...value, null], 'refused'),
  ];
  const [first] = value;
  if (first !== undefined) {
    const fitsTwice = !told && value.length < maxItems;
    changes.push(change('an entry twice', [...value, first], fitsTwice ? 'accepted' : 'refused'));
    changes.push(
      change(
        'one entry too many',
        Array.from({ length: maxItems + 1 }, () => first),
        'refused',
      ),
    );
  }
  // More would be megabytes, and show nothing new.
  if (items === undefined || maxItems > 64) return changes;
  const entry = documentArbitrary(items, 'some');
  const entries = fc.uniqueArray(entry, {
    minLength: maxItems,
    maxLength: maxItems,
    selector: (one) => identityOf(one, schema),
  });
  const distinct = items.enum === undefined || items.enum.length >= maxItems;
  return distinct
    ? [...changes, change('as many entries as may be', sample(entries), ruled(items, 'accepted'))]
    : changes;
}

function objectChanges(value: Fields, schema: StructuralSchema, change: Change): Mutation[] {
  const { properties, additionalProperties, required = [], minProperties = 0, maxProperties = 0 } = schema;
  if (additionalProperties !== undefined) {
    const many = (count: number): object =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          `key-${index}`,
          sample(documentArbitrary(additionalProperties, 'all')),
        ]),
      );
    return [
      change('empty', {}, minProperties === 0 ? 'accepted' : 'refused'),
      change('as many keys as may be', many(maxProperties), 'accepted'),
      change('one key too many', many(maxProperties + 1), 'refused'),
      ...['', 'a key', 'a'.repeat(64), '-key', 'a/b/c', 'A/b', '键'].map((key) =>
        change(`the key ${JSON.stringify(key)}`, { ...value, [key]: 'text' }, 'refused'),
      ),
      change('null at a key', { ...value, key: null }, 'null-is-absent'),
    ];
  }
  const variants = variantsOf(schema);
  const without = (name: string): object =>
    Object.fromEntries(Object.entries(value).filter(([other]) => other !== name));
  const absent = Object.keys(value).map((name) => {
    const needed = required.includes(name) || variants.includes(name);
    return change(`without ${name}`, without(name), needed ? 'refused' : ruled(schema, 'accepted'));
  });
  const second = variants
    .filter((name) => !(name in value))
    .flatMap((name) => {
      const field = properties?.[name];
      if (field === undefined) return [];
      return [
        change(`with ${name} too`, { ...value, [name]: sample(documentArbitrary(field, 'all')) }, 'refused'),
      ];
    });
  return [
    ...absent,
    ...second,
    change('with an unknown field', { ...value, surprise: 'text' }, 'refused'),
    change('with an unknown field that is null', { ...value, surprise: null }, 'refused'),
    change('empty', {}, required.length + variants.length > 0 ? 'refused' : ruled(schema, 'accepted')),
  ];
}

/** Where rules tie the fields of an object together, its schema alone cannot tell what becomes of a change. */
function ruled(schema: StructuralSchema, verdict: Verdict): Verdict | undefined {
  const rules = schema[RULES_KEYWORD] ?? [];
  return rules.every(({ rule }) => rule.endsWith('.exists_one(set, set)')) ? verdict : undefined;
}

function sample<T>(arbitrary: fc.Arbitrary<T>): T {
  const [value] = fc.sample(arbitrary, { numRuns: 1, seed: 20_988 });
  if (value === undefined) throw new RangeError('no sample');
  return value;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
