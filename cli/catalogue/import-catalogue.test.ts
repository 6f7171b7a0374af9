import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { datasetKind } from '../../operators/api/index.ts';
import { formatFindings } from '../../operators/api/site/format-findings.ts';
import { sayIn } from '../messages/say.ts';
import { COLUMNS } from './catalogue-column.ts';
import { readCatalogue, writeWhole } from './catalogue-file.ts';
import { importCatalogue } from './import-catalogue.ts';
import { readCsv } from './read-csv.ts';
import { readYaml } from './read-yaml.ts';

const say = sayIn('en');
const SAMPLES = path.resolve(import.meta.dirname, '../../config/catalogues');
const SAMPLE = readFileSync(path.join(SAMPLES, 'lab.csv'), 'utf8');

/** What is wrong with the sample after some texts in it were replaced, as people see it. */
function problemsOf(...replacements: readonly (readonly [string, string])[]): string[] {
  const text = replacements.reduce((before, [from, to]) => before.replace(from, to), SAMPLE);
  const { documents, findings } = importCatalogue(readCsv('c.csv', text));
  expect(documents).toEqual([]);
  return formatFindings(findings).split('\n');
}

describe('a catalogue', () => {
  it('becomes the same Datasets from a table and from a list, and each is of the right shape', async () => {
    const fromTable = importCatalogue(await readCatalogue(path.join(SAMPLES, 'lab.csv'), say));
    const fromList = importCatalogue(await readCatalogue(path.join(SAMPLES, 'lab.yaml'), say));
    expect(fromTable.findings).toEqual([]);
    expect(fromTable.documents).toHaveLength(2);
    expect(fromList).toEqual(fromTable);
    for (const document of fromTable.documents)
      expect(datasetKind.schema.safeParse(document).success).toBe(true);
    expect(fromTable.documents[0]?.spec).toMatchObject({
      class: 'important',
      system: { securityLevel: 2, cryptography: { status: 'planned', date: '2027-06-30' } },
      postgres: { podLabels: { app: 'population-db' }, databases: [{ name: 'population' }] },
    });
  });

  it('with bad cells names each by file, line, column, found and allowed, and gives nothing', () => {
    const problems = problemsOf(
      ['重要', '重大'],
      ['第二级', '五级'],
      [',archives,5GiB', ',Archives,5GiB'],
      ['2026/3/1', 'soon'],
    );
    expect(problems.at(-1)).toBe('4 errors');
    expect(problems[0]).toBe(
      'c.csv:2:45: error ZB-CLI-012: row 2, 数据级别 (class): found "重大"; use core (核心), important (重要) or general (一般)',
    );
    expect(problems[1]).toMatch(/^c\.csv:2:66: .*等保级别 \(securityLevel\): found "五级"; use 1 to 4/);
    expect(problems[2]).toMatch(/^c\.csv:3:\d+: .*密评日期 \(cryptographyDate\): found "soon"; use a day/);
  });

  it('is held against the schema of Dataset, and each refusal is told of its cell', () => {
    const [group, size, ...rest] = problemsOf([',archives,5GiB', ',Archives,5 GB']);
    expect(group).toMatch(/^c\.csv:3:\d+: error ZB-CLI-012: row 3, 保护组 \(group\): found "Archives"; use/);
    expect(size).toMatch(/^c\.csv:3:\d+: error ZB-CLI-012: row 3, 数据量 \(size\): found "5 GB"; use/);
    expect(rest).toEqual(['2 errors']);
  });

  it.each([
    [
      '日变化量',
      '日变量',
      /c\.csv:1:\d+: error ZB-CLI-011: heading: found "日变量"/,
      /did you mean "日变化量"\?/,
    ],
    ['日变化量', '数据量', /found "数据量" a second time/, /there is no column 日变化量/],
    [
      ',archives,/scans',
      ',archives,/scans,more',
      /c\.csv:3:1: error ZB-CLI-010: row 3: found 22 cells/,
      /comma/,
    ],
    [',文件,,', ',文件,h:1,db', /数据库名 \(databases\): found "db"; a dataset of the kind files/, /1 error/],
    [',文件,', ',磁带,', /数据形态 \(engine\): found "磁带"; use postgres \(数据库\)/, /1 error/],
    [
      'archives,civil-affairs',
      'population,population',
      /ZB-CLI-013: row 3: found "population\/population" a second time, first on line 2/,
      /1 error/,
    ],
    [',200MiB', ',', /日变化量|数据量 \(size\): required, and missing/, /1 error/],
    ['人口基础库', '"人口基础库', /error ZB-CLI-010/, /quote/],
  ])('with %j for %j is refused', (from, to, ...messages) => {
    const text = problemsOf([from, to]).join('\n');
    for (const message of messages) expect(text).toMatch(message);
  });

  it('finds its lines again where cells have line breaks in them', () => {
    const [first] = problemsOf(
      ['人口基础库', '"人口\n基础库"'],
      ['LAB-0003,2026.1,一般', 'LAB-0003,2026.1,某'],
    );
    expect(first).toMatch(/^c\.csv:[24]:/);
  });

  it('as a list says where a key is unknown, and where a value is no text', () => {
    const { findings } = importCatalogue(readYaml('c.yaml', '- name: [a]\n  colour: red\n'));
    const text = formatFindings(findings);
    expect(text).toMatch(/c\.yaml:1:9: error ZB-CLI-012: row 1, name: found a list or a mapping; use text/);
    expect(importCatalogue(readYaml('c.yaml', 'name: a')).findings[0]?.message).toMatch(
      /use a list of records/,
    );
  });
});

describe('the file', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'zaibei-catalogue-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('may be in the encoding that spreadsheets use in Chinese offices', async () => {
    // 数据 in GB 18030.
    const file = path.join(folder, 'gb.csv');
    writeFileSync(file, Uint8Array.of(0xca, 0xfd, 0xbe, 0xdd, 0x0a));
    expect((await readCatalogue(file, say)).headings.map(({ text }) => text)).toEqual(['数据']);
  });

  it('is written whole, and one that is there stays unless it is to be replaced', async () => {
    const file = path.join(folder, 'out.yaml');
    await writeWhole(file, 'one', false, say);
    await expect(writeWhole(file, 'two', false, say)).rejects.toThrow(/ZB-CLI-005: .*--replace/);
    expect(readFileSync(file, 'utf8')).toBe('one');
    await writeWhole(file, 'two', true, say);
    expect(readFileSync(file, 'utf8')).toBe('two');
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('that is not there is named', async () => {
    await expect(readCatalogue(path.join(folder, 'none.csv'), say)).rejects.toThrow(
      /ZB-CLI-004: .*none\.csv/,
    );
  });
});

describe('the how-to page', () => {
  it('lists every column', () => {
    const page = readFileSync(path.resolve(SAMPLES, '../../docs/how-to/import-a-catalogue.md'), 'utf8');
    const rows = page.split('\n').filter((line) => line.startsWith('| '));
    for (const { heading, name, required } of COLUMNS)
      expect(
        rows.filter((row) => row.startsWith(`| ${heading} | ${name}${required ? ', required' : ''} |`)),
        heading,
      ).toHaveLength(1);
  });

  it('may be a list on one line, as JSON is', () => {
    const { documents } = importCatalogue(readCsv('c.csv', SAMPLE));
    const records = documents.map(({ metadata }) => ({
      name: metadata['name'],
      tenant: metadata['namespace'],
      displayName: 'x',
      group: 'g',
      size: '1TiB',
      dailyChange: '1GiB',
      engine: 'files',
      volumeClaim: 'data',
      folder: '/data',
    }));
    const { findings } = importCatalogue(readYaml('c.yaml', JSON.stringify(records)));
    expect(findings.filter(({ code }) => code === 'ZB-CLI-011')).toEqual([]);
  });

  it.each([
    ['nothing at all', ''],
    [
      'a mapping that would grow beyond memory',
      'a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b]\n',
    ],
  ])('is refused in words where there is %s', (_what, text) => {
    for (const sheet of [readYaml('c.yaml', text), ...(text === '' ? [readCsv('c.yaml', text)] : [])]) {
      expect(sheet.findings).toEqual([
        expect.objectContaining({ code: 'ZB-CLI-010', message: expect.stringContaining('use a') as string }),
      ]);
      expect(sheet.findings[0]?.place).toMatchObject({ file: 'c.yaml', line: 1 });
    }
  });
});
