import type { StructuralSchema } from './structural-schema.ts';

/** A field of a kind as the reference lists it. */
export interface FieldRow {
  /** `centres[].name` for a field of each entry of a list; `podLabels{}` for the values of a map. */
  readonly path: string;
  /** `text of 1 to 40 characters`. */
  readonly type: string;
  readonly required: boolean;
  /** What it means, how it is written, and its default. */
  readonly meaning: string;
}

/** Every field below an object, the outer before the inner ones, in the order in which the kind declares them. */
export function listFields(schema: StructuralSchema, prefix = ''): FieldRow[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const row: FieldRow = {
      path,
      type: describeType(field),
      required: schema.required?.includes(name) === true,
      meaning: field.description ?? '',
    };
    return [row, ...listFields(field.items ?? field, `${path}${field.items === undefined ? '' : '[]'}.`)];
  });
}

/** What may be written into a field, in a few words: `text of 1 to 40 characters`. */
export function describeType(schema: StructuralSchema): string {
  const { type, items, additionalProperties } = schema;
  switch (type) {
    case 'object':
      return additionalProperties === undefined
        ? 'object'
        : `map; ${range(schema.minProperties ?? 0, schema.maxProperties, 'keys')}`;
    case 'array': {
      const keys = schema['x-kubernetes-list-map-keys'];
      const told = keys === undefined ? '' : `, different ${keys.join(' and ')}`;
      const different = schema['x-kubernetes-list-type'] === 'set' ? ', all different' : told;
      const entries = range(schema.minItems ?? 0, schema.maxItems, 'entries');
      return `list of ${items?.type === 'object' ? 'objects' : describeType(items ?? schema)}; ${entries}${different}`;
    }
    case 'string':
      return describeText(schema);
    case 'integer':
    case 'number':
      return `${type === 'integer' ? 'whole number' : 'number'} ${describeRange(schema)}`.trim();
    case 'boolean':
      return 'true or false';
  }
}

function describeText({ enum: words, minLength = 0, maxLength }: StructuralSchema): string {
  if (words !== undefined) return `one of ${words.map((word) => `\`${word}\``).join(', ')}`;
  return minLength === 0
    ? `text, ${atMost(maxLength, 'characters')}`
    : `text of ${range(minLength, maxLength, 'characters')}`;
}

/** The greatest whole number that every tool counts exactly is no bound to tell people about. */
function describeRange({ minimum, maximum }: StructuralSchema): string {
  return maximum === Number.MAX_SAFE_INTEGER
    ? `from ${minimum ?? 0}`
    : `from ${minimum ?? 0} to ${maximum ?? ''}`;
}

function range(least: number, most: number | undefined, what: string): string {
  if (least === 0) return atMost(most, what);
  if (most === undefined) return `at least ${least} ${what}`;
  return least === most ? `${least} ${what}` : `${least} to ${most} ${what}`;
}

function atMost(most: number | undefined, what: string): string {
  return most === undefined ? `any number of ${what}` : `up to ${most} ${what}`;
}
