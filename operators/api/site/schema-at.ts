import { z } from 'zod';
import type { FieldPath } from './field-path.ts';

/** The schema of the field at a path, without optional and default around it; undefined where the kind has no such field. */
export function schemaAt(schema: z.ZodType, path: FieldPath): z.ZodType | undefined {
  return path.reduce<z.ZodType | undefined>(
    (outer, step) => (outer === undefined ? undefined : unwrap(fieldOf(unwrap(outer), step))),
    unwrap(schema),
  );
}

/** Names of the fields of an object schema; empty for anything else. */
export function fieldNames(schema: z.ZodType | undefined): readonly string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

/** What the field at a path is, from its schema; undefined where nothing is written about it. */
export function describeField(schema: z.ZodType, path: FieldPath): string | undefined {
  const last = path.at(-1);
  if (last === undefined) return undefined;
  const parent = schemaAt(schema, path.slice(0, -1));
  let field = parent === undefined ? undefined : fieldOf(parent, last);
  while (field !== undefined) {
    const description = field.description;
    if (description !== undefined) return description;
    const inner = unwrapOnce(field);
    field = inner === field ? undefined : inner;
  }
  return undefined;
}

function fieldOf(schema: z.ZodType | undefined, step: string | number): z.ZodType | undefined {
  if (schema instanceof z.ZodObject) {
    const field: unknown = Object.hasOwn(schema.shape, step) ? schema.shape[step] : undefined;
    return field instanceof z.ZodType ? field : undefined;
  }
  const element: unknown =
    schema instanceof z.ZodArray
      ? schema.element
      : schema instanceof z.ZodRecord
        ? schema.valueType
        : undefined;
  return element instanceof z.ZodType ? element : undefined;
}

function unwrap(schema: z.ZodType | undefined): z.ZodType | undefined {
  let present = schema;
  while (present !== undefined) {
    const inner = unwrapOnce(present);
    if (inner === present) return present;
    present = inner;
  }
  return undefined;
}

function unwrapOnce(schema: z.ZodType): z.ZodType {
  if (!(schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)) return schema;
  const inner = schema.unwrap();
  return inner instanceof z.ZodType ? inner : schema;
}
