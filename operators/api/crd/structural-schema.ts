import { z } from 'zod';
import { SYNTAX_KEYWORD } from '../values/text-schema.ts';
import { RULES_KEYWORD, type CelRule } from './rule.ts';

/**
 * The part of OpenAPI 3.0 of which a CRD's schema may consist ("structural"): one type per field, no unions, no
 * references. Key order is fixed, so that the same kind always gives the same text.
 */
export interface StructuralSchema {
  readonly description?: string;
  readonly type: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly 'x-kubernetes-list-type'?: 'map' | 'set' | 'atomic';
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-validations'?: readonly CelRule[];
  readonly required?: readonly string[];
  readonly items?: StructuralSchema;
  readonly additionalProperties?: StructuralSchema;
  readonly properties?: Readonly<Record<string, StructuralSchema>>;
}

/** The keywords of a structural schema, in the order in which they are written. */
export const STRUCTURAL_KEYWORDS = [
  'description',
  'type',
  'default',
  'enum',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'x-kubernetes-list-type',
  'x-kubernetes-list-map-keys',
  RULES_KEYWORD,
  'required',
  'items',
  'additionalProperties',
  'properties',
] as const satisfies readonly (keyof StructuralSchema)[];

/**
 * The structural schema of a zod schema. Says what a document may be as it is written: defaults are given, and the
 * fields that have one are not required. What no structural schema can say stays in it for the linter to refuse
 * ({@link findStructuralProblems}).
 * @throws Error for zod types that JSON has no word for
 */
export function toStructuralSchema(schema: z.ZodType): StructuralSchema {
  return convert(z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input' }));
}

function convert(json: unknown): StructuralSchema {
  const { [SYNTAX_KEYWORD]: syntax, ...node } = asRecord(json);
  // Unknown fields are pruned, and refused under strict validation, without being told so; and the API server takes
  // no `false` beside `properties`.
  if (node.additionalProperties === false) delete node.additionalProperties;
  if (typeof node.description === 'string')
    node.description = describe(node.description, syntax, node.default);
  // JavaScript's source of an expression escapes the slash, which means the same unescaped.
  if (typeof node.pattern === 'string') node.pattern = node.pattern.replaceAll('\\/', '/');
  if (node.items !== undefined) node.items = convert(node.items);
  if (node.additionalProperties !== undefined) node.additionalProperties = convert(node.additionalProperties);
  if (node.properties !== undefined) {
    const fields = Object.entries(asRecord(node.properties));
    node.properties = Object.fromEntries(fields.map(([name, field]) => [name, convert(field)]));
  }
  const rank = new Map<string, number>(STRUCTURAL_KEYWORDS.map((keyword, index) => [keyword, index]));
  const last = STRUCTURAL_KEYWORDS.length;
  const sorted = Object.entries(node).sort(
    ([one], [other]) => (rank.get(one) ?? last) - (rank.get(other) ?? last),
  );
  // The linter, not the compiler, tells whether zod gave nothing but structural keywords.
  return Object.fromEntries(sorted) as unknown as StructuralSchema;
}

/** `kubectl explain` shows nothing but the description: it has to tell the unit and the default too. */
function describe(meaning: string, syntax: unknown, preset: unknown): string {
  const written = typeof preset === 'string' ? preset : JSON.stringify(preset);
  return [
    meaning,
    ...(typeof syntax === 'string' ? [syntax] : []),
    ...(preset === undefined ? [] : [`Default: \`${written}\`.`]),
  ].join(' ');
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
