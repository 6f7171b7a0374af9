import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { RULES } from './rule-table.ts';
import { judge } from './testing/example-site.ts';

const codes = RULES.map(({ code }) => code);

const tests = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('-rules.test.ts'))
  .map((name) => readFileSync(path.join(import.meta.dirname, name), 'utf8'))
  .join('\n');

describe('the table of rules', () => {
  it('every rule has a code of its own, in its group and number', () => {
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(code).toMatch(/^ZB-[A-Z]{3}-[0-9]{3}$/);
  });

  it('every rule is broken by a test', () => {
    expect(codes.filter((code) => !tests.includes(` ${code} `))).toEqual([]);
  });

  it('every rule says what must hold and why, in a sentence', () => {
    for (const { title, why } of RULES) {
      expect(title).toMatch(/^[A-Z].*[^.]$/);
      expect(why.length).toBeGreaterThan(20);
    }
  });

  it('every policy line that a rule answers is one of the catalogue', () => {
    const catalogue = readFileSync(
      path.resolve(import.meta.dirname, '../../../config/catalogues/policy-lines.yaml'),
      'utf8',
    );
    const lines = RULES.flatMap(({ policyLines }) => policyLines);
    expect(lines.filter((line) => !catalogue.includes(line))).toEqual([]);
  });

  it('the example that the tests change breaks no rule', () => {
    expect(judge()).toEqual([]);
  });
});
