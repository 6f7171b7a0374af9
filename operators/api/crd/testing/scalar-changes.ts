import type { StructuralSchema } from '../structural-schema.ts';
import type { Change, Mutation, Verdict } from './mutation.ts';

/** Values of every other type than the one that a field has. */
export function wrongTypesOf({ type }: StructuralSchema): readonly unknown[] {
  const samples = { string: 'text', number: 7, boolean: true, array: ['text'], object: { key: 'text' } };
  const right = type === 'integer' ? 'number' : type;
  return Object.entries(samples).flatMap(([other, value]) => (other === right ? [] : [value]));
}

/** Texts at the bounds of a text field and beyond, and what people write by mistake. */
export function textChanges(value: string, schema: StructuralSchema, change: Change): Mutation[] {
  const judge = (what: string, text: string): Mutation => change(what, text, fits(text, schema));
  const bounds =
    schema.maxLength === undefined
      ? []
      : [
          judge('as long as may be', 'a'.repeat(schema.maxLength)),
          judge('one character too long', 'a'.repeat(schema.maxLength + 1)),
          judge('as many rare characters as may be', '𠮷'.repeat(schema.maxLength)),
          judge('one rare character too many', '𠮷'.repeat(schema.maxLength + 1)),
        ];
  return [
    ...bounds,
    judge('empty', ''),
    judge('a blank', ' '),
    judge('with a line break behind', `${value}\n`),
    judge('with a unit of its own', `${value}parsec`),
    judge('in capitals', value.toUpperCase()),
    judge('a number as text', '12'),
    judge('a negative number as text', '-12'),
    judge('full-width digits', '１２'),
    judge('a path upwards', '../..'),
  ];
}

/** Whether a text fits, as far as its own schema can say. */
function fits(
  text: string,
  { enum: words, pattern, minLength = 0, maxLength = 0 }: StructuralSchema,
): Verdict {
  if (words !== undefined) return words.includes(text) ? 'accepted' : 'refused';
  const length = Array.from(text).length;
  const good =
    length >= minLength && length <= maxLength && (pattern === undefined || new RegExp(pattern).test(text));
  return good ? 'accepted' : 'refused';
}

/** Numbers at the bounds of a number field and beyond. */
export function numberChanges(
  { type, minimum = 0, maximum = 0 }: StructuralSchema,
  change: Change,
): Mutation[] {
  return [
    change('the least', minimum, 'accepted'),
    change('less than the least', minimum - 1, 'refused'),
    change('the most', maximum, 'accepted'),
    change('more than the most', maximum + 1, 'refused'),
    change('a number as text', '7', 'refused'),
    ...(type === 'integer' ? [change('a fraction', minimum + 0.5, 'refused')] : []),
  ];
}
