import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { generatedFrom, table } from './markdown.ts';
import type { Page } from './page.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

const schema = z.array(
  z.strictObject({
    id: z.string().regex(/^[A-Z]-[0-9]{2}$/),
    line: z.string().min(1),
    answer: z.string().min(1),
  }),
);

/** A line of policy and what zaibei does about it. */
export type PolicyLine = z.infer<typeof schema>[number];

/** A test that shows a line: its title and the file it stands in, relative to the repository. */
export interface TaggedTest {
  readonly file: string;
  readonly title: string;
  readonly ids: readonly string[];
}

/** Title of a test or of a group of tests, up to the closing quote. Template titles count by their fixed text. */
const TITLE = /\b(?:it|test|describe)(?:\.each\([\s\S]*?\))?\(\s*(['"`])((?:\\.|(?!\1)[\s\S])*)\1/g;

/** The tests of a file whose titles carry ids of policy lines in brackets: `... [T-01]` or `... [T-01, D-03]`. */
export function findTaggedTests(file: string, source: string): TaggedTest[] {
  return [...source.matchAll(TITLE)].flatMap((match) => {
    const title = (match[2] ?? '').replaceAll(/\\(.)/g, '$1');
    const tags = /\[([A-Z]-\d{2}(?:,\s*[A-Z]-\d{2})*)\]\s*$/.exec(title);
    if (tags?.[1] === undefined) return [];
    return [{ file, title: title.slice(0, tags.index).trim(), ids: tags[1].split(/,\s*/) }];
  });
}

/** The page of policy lines, from the catalogue and all tests of the repository. */
export async function policyLinePages(): Promise<Page[]> {
  const lines = schema.parse(
    parse(await readFile(path.join(ROOT, 'config/catalogues/policy-lines.yaml'), 'utf8')),
  );
  const files: string[] = [];
  const exclude = (name: string): boolean => name === 'node_modules' || name === 'cdktf.out';
  for await (const file of glob('**/*.test.ts', { cwd: ROOT, exclude })) files.push(file);
  const tests: TaggedTest[] = [];
  for (const file of files.toSorted()) {
    // This module's own tests talk about tags and show no line.
    if (file === 'docs/policy-lines.test.ts') continue;
    tests.push(...findTaggedTests(file, await readFile(path.join(ROOT, file), 'utf8')));
  }
  return [{ path: 'docs/reference/policy-lines.md', text: renderPolicyLines(lines, tests) }];
}

/**
 * The page that tells which tests show which line; a line without a test is listed as open, never left out.
 * @throws Error when a test names a line that does not exist
 */
export function renderPolicyLines(lines: readonly PolicyLine[], tests: readonly TaggedTest[]): string {
  const known = new Set(lines.map((line) => line.id));
  for (const test of tests) {
    const stranger = test.ids.find((id) => !known.has(id));
    if (stranger !== undefined)
      throw new Error(`${test.file}: "${test.title}" names ${stranger}, which is no policy line`);
  }
  const shownBy = (line: PolicyLine): TaggedTest[] => tests.filter((test) => test.ids.includes(line.id));
  const open = lines.filter((line) => shownBy(line).length === 0);
  const row = (line: PolicyLine): string[] => {
    const byFile = Map.groupBy(shownBy(line), (test) => test.file);
    const shown = [...byFile].map(
      ([file, those]) => `[${file}](../../${file}): ${those.map((test) => test.title).join('; ')}`,
    );
    return [line.id, line.line, line.answer, shown.length === 0 ? '**open**' : shown.join('<br>')];
  };
  return [
    '# Policy lines and the tests that show them',
    generatedFrom('config/catalogues/policy-lines.yaml and the tags in test titles'),
    '',
    'F is 闽政办〔2023〕29号 (Fujian), H is 冀政办字〔2023〕1号 (Hebei). The texts name no number for recovery time,',
    'recovery point, interval, distance or retention: numbers come from profiles that state their source.',
    '',
    'Each test shows the part of a line that its title tells; a line may have parts that no test shows yet.',
    `${lines.length - open.length} of ${lines.length} lines are shown by tests. Open: ${open.map((line) => line.id).join(', ') || 'none'}.`,
    '',
    ...table(['Id', 'Line', 'What the software does', 'Shown by'], lines.map(row)),
    '',
  ].join('\n');
}
