import { describe, expect, it } from 'vitest';
import { KINDS } from '../kinds/registry.ts';
import { generateCrd } from './custom-resource-definition.ts';
import { findStructuralProblems } from './structural-problems.ts';

const TEXT = { description: 'A text.', type: 'string', maxLength: 10 };
const COUNT = { description: 'A count.', type: 'integer', minimum: 0, maximum: 9 };

/** A schema with one field `x`. */
function withField(field: unknown): object {
  return { type: 'object', properties: { x: field } };
}

function listOf(items: unknown, more: object = {}): object {
  const list = { description: 'A list.', type: 'array', maxItems: 3, 'x-kubernetes-list-type': 'atomic' };
  return withField({ ...list, items, ...more });
}

function mapListOf(items: object, keys: readonly string[]): object {
  return listOf(items, { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': keys });
}

const ENTRY = {
  type: 'object',
  required: ['name'],
  properties: { name: TEXT, other: TEXT, sub: { description: 'A part.', ...withField(TEXT) } },
};

function rule(text: unknown): object {
  return { ...withField(TEXT), 'x-kubernetes-validations': [text] };
}

describe('the schema of every CRD', () => {
  it.each(KINDS)('of $kind is structural, documented and bounded', (kind) => {
    const [version] = generateCrd(kind).spec.versions;
    expect(findStructuralProblems(version.schema.openAPIV3Schema)).toEqual([]);
  });
});

describe('findStructuralProblems', () => {
  it.each<[string, object]>([
    ['every kind of field', { type: 'object', required: ['a'], properties: { a: TEXT, b: COUNT } }],
    ['a number and a boolean', withField({ ...COUNT, type: 'number' })],
    ['a list without order', listOf(TEXT, { 'x-kubernetes-list-type': 'set' })],
    ['a list with keys', mapListOf(ENTRY, ['name'])],
    [
      'a key with a default',
      mapListOf({ ...ENTRY, required: [], properties: { name: { ...TEXT, default: 'a' } } }, ['name']),
    ],
    [
      'a map',
      withField({ description: 'A map.', type: 'object', maxProperties: 3, additionalProperties: TEXT }),
    ],
    ['a choice of words', withField({ description: 'A word.', type: 'string', enum: ['a', 'b'] })],
    ['a pattern', withField({ ...TEXT, pattern: '^[a-z./]+$' })],
    ['a rule', rule({ rule: 'has(self.x)', message: 'set x' })],
    [
      'metadata without description',
      { type: 'object', properties: { metadata: { type: 'object', properties: {} } } },
    ],
  ])('takes %s', (_what, schema) => {
    expect(findStructuralProblems(schema)).toEqual([]);
  });

  const bad: [string, unknown, string, string][] = [
    ['no schema', 'text', '', 'is no schema; use an object'],
    ['a list for a schema', [], '', 'is no schema; use an object'],
    [
      'a union',
      withField({ ...TEXT, anyOf: [] }),
      'x',
      'has "anyOf", which no structural schema of ours may have',
    ],
    ['a reference', withField({ ...TEXT, $ref: '#/x' }), 'x', 'has "$ref", which'],
    ['an exclusion', withField({ ...TEXT, not: {} }), 'x', 'has "not", which'],
    ['rules on keys of a map', withField({ ...TEXT, propertyNames: {} }), 'x', 'has "propertyNames", which'],
    ['null as a value', withField({ ...TEXT, nullable: true }), 'x', 'has "nullable", which'],
    ['no type', withField({ description: 'A.' }), 'x', 'has the type undefined; use one of string,'],
    [
      'two types',
      withField({ description: 'A.', type: ['string', 'null'] }),
      'x',
      'has the type ["string","null"]; use',
    ],
    ['an undocumented field', withField({ type: 'boolean' }), 'x', 'has no description'],
    [
      'an empty description',
      withField({ description: ' ', type: 'boolean' }),
      'x',
      'has an empty description',
    ],
    [
      'a long description',
      withField({ description: `${'a'.repeat(500)}.`, type: 'boolean' }),
      'x',
      'has a description of 501 characters; use at most 500',
    ],
    [
      'a description of two lines',
      withField({ description: 'A\nb.', type: 'boolean' }),
      'x',
      'has a description of several lines',
    ],
    [
      'a description without end',
      withField({ description: 'A', type: 'boolean' }),
      'x',
      'has a description without full stop',
    ],
    [
      'an object of anything',
      withField({ description: 'A.', type: 'object' }),
      'x',
      'is an object; say either its properties or',
    ],
    [
      'fields and a map in one',
      { type: 'object', properties: {}, maxProperties: 1, additionalProperties: TEXT },
      '',
      'is an object; say either',
    ],
    [
      'a map closed with false',
      { type: 'object', properties: {}, additionalProperties: false },
      '{}',
      'is no schema',
    ],
    [
      'a map without bound',
      { type: 'object', additionalProperties: TEXT },
      '',
      'is a map without maxProperties',
    ],
    [
      'a count of the fields of an object',
      { type: 'object', properties: {}, minProperties: 1 },
      '',
      'counts the fields of an object',
    ],
    [
      'a least count of keys of a text',
      withField({ ...TEXT, minProperties: 1 }),
      'x',
      'has "minProperties", but is not an object',
    ],
    [
      'a required field that is none',
      { ...withField(TEXT), required: ['y'] },
      '',
      'requires "y", which it does not have',
    ],
    [
      'a required field with a default',
      { ...withField({ ...TEXT, default: 'a' }), required: ['x'] },
      '',
      'requires "x", which has a default',
    ],
    [
      'fields of a text',
      withField({ ...TEXT, properties: {} }),
      'x',
      'has "properties", but is not an object',
    ],
    ['a list without items', listOf(undefined), 'x', 'is a list without items'],
    ['a list without bound', listOf(TEXT, { maxItems: undefined }), 'x', 'is a list without maxItems'],
    [
      'a list without type',
      listOf(TEXT, { 'x-kubernetes-list-type': undefined }),
      'x',
      'is a list without x-kubernetes-list-type; use map, set or atomic',
    ],
    [
      'a set of objects',
      listOf(ENTRY, { 'x-kubernetes-list-type': 'set' }),
      'x',
      'is a set of something that is no scalar',
    ],
    [
      'keys of a list that is no map',
      listOf(ENTRY, { 'x-kubernetes-list-map-keys': ['name'] }),
      'x',
      'has map keys but is no list of type map',
    ],
    ['a list with no keys', mapListOf(ENTRY, []), 'x', 'is a list of type map without keys'],
    [
      'a key that is no field',
      mapListOf(ENTRY, ['nome']),
      'x',
      'has the map key "nome", which is no scalar field',
    ],
    [
      'a key that is an object',
      mapListOf(ENTRY, ['sub']),
      'x',
      'has the map key "sub", which is no scalar field',
    ],
    [
      'a key that may be absent',
      mapListOf(ENTRY, ['other']),
      'x',
      'has the map key "other", which may be absent',
    ],
    ['items of a text', withField({ ...TEXT, maxItems: 3 }), 'x', 'has "maxItems", but is not a list'],
    [
      'a text without bound',
      withField({ description: 'A.', type: 'string' }),
      'x',
      'is a string without maxLength',
    ],
    ['a text without bound in a list', listOf({ type: 'string' }), 'x[]', 'is a string without maxLength'],
    [
      'a text without bound in a map',
      { type: 'object', maxProperties: 1, additionalProperties: { type: 'string' } },
      '{}',
      'is a string without maxLength',
    ],
    [
      'an empty choice',
      withField({ ...TEXT, enum: [] }),
      'x',
      'has an enum that is no list of different words',
    ],
    [
      'a choice of twins',
      withField({ ...TEXT, enum: ['a', 'a'] }),
      'x',
      'has an enum that is no list of different words',
    ],
    ['a choice of numbers', withField({ ...COUNT, enum: [1] }), 'x', 'has "enum", but is not a string'],
    [
      'a broken pattern',
      withField({ ...TEXT, pattern: '^($' }),
      'x',
      'has the pattern ^($, which is no regular expression',
    ],
    ['a pattern that looks ahead', withField({ ...TEXT, pattern: '^(?!a)b$' }), 'x', 'which looks around'],
    ['a pattern that looks behind', withField({ ...TEXT, pattern: '^(?<=a)b$' }), 'x', 'which looks around'],
    [
      'a pattern that refers back',
      withField({ ...TEXT, pattern: '^(a)\\1$' }),
      'x',
      'which refers back to a group',
    ],
    [
      'a pattern with white space',
      withField({ ...TEXT, pattern: '^\\S+$' }),
      'x',
      'which uses \\s, which is more in JavaScript',
    ],
    ['a pattern with a bare dot', withField({ ...TEXT, pattern: '^[.]+.$' }), 'x', 'which uses a bare "."'],
    ['a pattern with a code point', withField({ ...TEXT, pattern: '^\\u4e00$' }), 'x', 'which uses \\u'],
    [
      'a pattern for a part',
      withField({ ...TEXT, pattern: '^a' }),
      'x',
      'which does not bind both ends; use ^ and $',
    ],
    [
      'a number without lower bound',
      withField({ ...COUNT, minimum: undefined }),
      'x',
      'is a number without minimum',
    ],
    [
      'a number without upper bound',
      withField({ ...COUNT, maximum: undefined }),
      'x',
      'is a number without maximum',
    ],
    ['bounds of a text', withField({ ...TEXT, maximum: 3 }), 'x', 'has "maximum", but is not a number'],
    [
      'an empty list of rules',
      { ...withField(TEXT), 'x-kubernetes-validations': [] },
      '',
      'has an empty list of rules',
    ],
    ['a rule without expression', rule({ message: 'set x' }), '', 'has a rule without expression'],
    ['a rule without message', rule({ rule: 'true' }), '', 'has the rule "true" without message'],
    ['a rule with an empty message', rule({ rule: 'true', message: '' }), '', 'has an empty message'],
  ];

  it.each(bad)('refuses %s', (_what, schema, path, message) => {
    // What is absent from a JSON file stands as undefined in the table.
    const problems = findStructuralProblems(JSON.parse(JSON.stringify(schema)));
    expect(problems.map((problem) => problem.path)).toContain(path);
    expect(problems.map((problem) => problem.message).join('\n')).toContain(message);
  });

  it('names the place of a problem below lists and maps', () => {
    const schema = withField({
      description: 'A list.',
      type: 'array',
      maxItems: 2,
      'x-kubernetes-list-type': 'atomic',
      items: withField({ ...TEXT, description: undefined }),
    });
    expect(findStructuralProblems(schema)).toEqual([{ path: 'x[].x', message: 'has no description' }]);
  });
});
