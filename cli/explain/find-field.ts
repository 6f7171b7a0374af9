import { describeType, listFields, type FieldRow } from '../../operators/api/crd/field-table.ts';
import {
  generateCrd,
  KINDS,
  siteSchema,
  toStructuralSchema,
  type StructuralSchema,
} from '../../operators/api/index.ts';
import { nearestName } from '../../operators/api/site/nearest-name.ts';

/** What is known of a field, or of a whole kind. */
export interface FieldExplanation {
  /** `Dataset.spec.postgres.podPort`. */
  readonly field: string;
  readonly description: string;
  /** Type as JSON has it. */
  readonly type: StructuralSchema['type'];
  /** Null: the question makes no sense for a whole kind. */
  readonly required: boolean | null;
  /** Undefined: none. */
  readonly default?: unknown;
  /** What may be written: `one of core, important, general`. */
  readonly allowed: string;
  /** What the fields below it have to be together. */
  readonly rules: readonly string[];
  /** Fields directly below it. */
  readonly fields: readonly FieldRow[];
}

/** No such name. */
export interface UnknownName {
  readonly name: string;
  /** `Dataset.spec`; undefined: it was to be a kind. */
  readonly where?: string;
  /** Names that there are. */
  readonly known: readonly string[];
  /** The one that was meant, most likely. */
  readonly nearest: string | undefined;
}

interface NamedSchema {
  /** Every name by which it may be called, its own first. */
  readonly names: readonly [string, ...string[]];
  readonly schema: () => StructuralSchema;
}

const SCHEMAS: readonly NamedSchema[] = [
  ...KINDS.map((kind): NamedSchema => ({
    names: [kind.kind, kind.plural, ...kind.shortNames],
    schema: () => generateCrd(kind).spec.versions[0].schema.openAPIV3Schema,
  })),
  { names: ['Site'], schema: () => toStructuralSchema(siteSchema) },
];

/**
 * Looks a field up: `Dataset`, `dataset.spec.class`, `dset.postgres.databases[].name`. What is neither metadata, spec nor
 * status is looked for in the spec.
 */
export function findField(written: string): FieldExplanation | UnknownName {
  const [name = '', ...steps] = written
    .replaceAll(/\[\d*\]|\{\}/g, '')
    .split('.')
    .filter((step, index) => index === 0 || step !== '');
  const found = SCHEMAS.find(({ names }) =>
    names.some((known) => known.toLowerCase() === name.toLowerCase()),
  );
  if (found === undefined) {
    const known = SCHEMAS.map(({ names: [kind] }) => kind);
    return { name, known, nearest: nearestName(name, known) };
  }
  const schema = found.schema();
  const top = Object.keys(schema.properties ?? {});
  const inSpec = steps[0] !== undefined && !top.includes(steps[0]) && top.includes('spec');
  return walk(found.names[0], schema, inSpec ? ['spec', ...steps] : steps);
}

function walk(
  kind: string,
  document: StructuralSchema,
  steps: readonly string[],
): FieldExplanation | UnknownName {
  let [schema, field] = [document, kind];
  let required: boolean | null = null;
  for (const name of steps) {
    const outer = entriesOf(schema);
    const next = outer.properties?.[name] ?? outer.additionalProperties;
    if (next === undefined) {
      const known = Object.keys(outer.properties ?? {});
      return { name, where: field, known, nearest: nearestName(name, known) };
    }
    required = outer.required?.includes(name) === true;
    [schema, field] = [next, `${field}.${name}`];
  }
  const inner = entriesOf(schema);
  return {
    field,
    description: schema.description ?? '',
    type: schema.type,
    required,
    ...(schema.default !== undefined && { default: schema.default }),
    allowed: describeType(schema),
    rules: (inner['x-kubernetes-validations'] ?? []).map(({ message }) => message),
    fields: listFields(inner).filter(({ path }) => !/[.]/.test(path)),
  };
}

/** Of a list, what its entries are. */
function entriesOf(schema: StructuralSchema): StructuralSchema {
  return schema.items ?? schema;
}
