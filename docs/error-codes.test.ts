import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '..');

const SOURCES = globSync(
  ['operators', 'movers', 'stacks', 'lab', 'cli'].map((folder) => `${folder}/**/*.ts`),
  {
    cwd: ROOT,
    exclude: ['**/*.test.ts', '**/testing/**', '**/simulation/**'],
  },
).map((file) => ({ file, text: readFileSync(path.join(ROOT, file), 'utf8') }));

/** Where a code gets its meaning: a rule (`code: 'ZB-…'`), an error class (`code = 'ZB-…'`), or a type of codes. */
const DEFINITION = /\bcode(?::| =) ('ZB-[A-Z]{3}-[0-9]{3}')|\btype \w+Code =([^;]+);/g;

const CODE = /'(ZB-[A-Z]{3}-[0-9]{3})'/g;

/** Every definition of every code, as the file that it stands in. */
function definitions(): Map<string, string[]> {
  const places = new Map<string, string[]>();
  for (const { file, text } of SOURCES) {
    for (const [definition] of text.matchAll(DEFINITION)) {
      for (const [, code = ''] of definition.matchAll(CODE)) {
        places.set(code, [...(places.get(code) ?? []), file]);
      }
    }
  }
  return places;
}

describe('the codes of zaibei', () => {
  it('mean one thing each: every code is defined in one place', () => {
    const places = [...definitions()];
    expect(places.length).toBeGreaterThan(80);
    expect(places.filter(([, files]) => files.length > 1)).toEqual([]);
  });

  it('are all defined: none is thrown or told that has no meaning of its own', () => {
    const defined = definitions();
    const used = SOURCES.flatMap(({ file, text }) =>
      Array.from(text.matchAll(CODE), ([, code = '']) => ({ file, code })),
    );
    expect(used.filter(({ code }) => !defined.has(code))).toEqual([]);
  });
});
