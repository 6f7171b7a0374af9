import { describe, expect, it } from 'vitest';
import { KINDS } from '../kinds/registry.ts';
import type { PrintColumn } from '../kinds/print-column.ts';
import { generateCrd } from './custom-resource-definition.ts';
import { findPrintColumnProblems } from './print-column-problems.ts';
import type { StructuralSchema } from './structural-schema.ts';

const SCHEMA: StructuralSchema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        count: { type: 'integer' },
        day: { type: 'string' },
        parts: {
          type: 'array',
          items: { type: 'object', properties: { name: { type: 'string' }, role: { type: 'string' } } },
        },
      },
    },
  },
};

function problemsOf(jsonPath: string, type: PrintColumn['type'] = 'string'): string[] {
  return findPrintColumnProblems([{ name: 'X', type, jsonPath }], SCHEMA);
}

describe('print columns', () => {
  it.each(KINDS)('of $kind name fields that exist', (kind) => {
    const [version] = generateCrd(kind).spec.versions;
    expect(findPrintColumnProblems(kind.columns, version.schema.openAPIV3Schema)).toEqual([]);
  });

  it.each<[string, PrintColumn['type']]>([
    ['.spec.count', 'integer'],
    ['.spec.day', 'date'],
    ['.spec.parts[?(@.role=="main")].name', 'string'],
    ['.metadata.creationTimestamp', 'date'],
  ])('may show %s as %s', (jsonPath, type) => {
    expect(problemsOf(jsonPath, type)).toEqual([]);
  });

  it.each<[string, string]>([
    ['.spec.size', 'column X (.spec.size) names the field "size", which does not exist'],
    ['.spec.count', 'column X (.spec.count) has the type string, but the field is of the type integer'],
    ['.spec.parts[*].name', 'cannot be read at "[*].name"'],
    ['.spec.parts[?(@.kind=="a")].name', 'filters by "kind", which no entry has'],
    ['.spec.count[?(@.kind=="a")].name', 'filters by "kind", which no entry has'],
    ['spec.count', 'cannot be read at "spec.count"'],
  ])('may not show %s', (jsonPath, message) => {
    expect(problemsOf(jsonPath).join()).toContain(message);
  });

  it('have different names', () => {
    const column: PrintColumn = { name: 'Day', type: 'string', jsonPath: '.spec.day' };
    expect(findPrintColumnProblems([column, column], SCHEMA)).toEqual([
      'column Day (.spec.day) stands twice',
    ]);
  });
});
