import { describe, expect, it } from 'vitest';
import { datasetKind, KINDS, placementKind } from '../operators/api/index.ts';
import { renderKind } from './api-reference.ts';
import { listFields } from '../operators/api/crd/field-table.ts';

describe('the page of a kind', () => {
  it('lists every field with type, need and meaning', () => {
    expect(renderKind(datasetKind).split('\n')).toEqual(
      expect.arrayContaining([
        '| `class` | one of `core`, `important`, `general` |  | Class from the catalogue. Absent is a finding, and the dataset is treated as `important`. |',
        '| `size` | text, up to 20 characters | yes | Size, declared, for planning. Size in B, KiB, MiB, GiB, TiB, PiB, such as `500GiB`. |',
        '| `legalHold` | true or false |  | While set, no copy expires. Default: `false`. |',
        '| `postgres.databases[].name` | text of 1 to 63 characters | yes | Name of the database. |',
      ]),
    );
  });

  it('says its rules in words and as CEL', () => {
    expect(renderKind(placementKind)).toContain(
      '| `spec.epoch` | the epoch never goes back | `self >= oldSelf` |',
    );
    expect(renderKind(datasetKind)).toContain(
      '| `spec` | set exactly one of postgres, files, objects, clusterState |',
    );
  });

  it('shows a document that people can start from, and the columns of kubectl', () => {
    const page = renderKind(placementKind);
    expect(page).toContain('```yaml\napiVersion: zaibei.io/v1alpha1\nkind: Placement\n');
    expect(page).toContain('| Epoch | `.spec.epoch` |  |');
    expect(page).toContain('| Source | `.spec.backupSource` | with `-o wide` |');
  });

  it.each(KINDS)('of $kind keeps its tables whole: no cell breaks a line or opens a column', (kind) => {
    const tables = tablesOf(renderKind(kind));
    expect(tables.length).toBeGreaterThan(2);
    for (const rows of tables) {
      const [header = ''] = rows;
      expect(rows.filter((row) => !row.endsWith('|') || countCells(row) !== countCells(header))).toEqual([]);
    }
  });

  it('would be seen to break one: a bar too many makes a row longer than its header', () => {
    const [table = []] = tablesOf('| A | B |\n|---|---|\n| a | b \\| c |\n| a | b | c |\n');
    expect(table.map(countCells)).toEqual([2, 2, 2, 3]);
  });
});

/** The tables of a page as their rows, each beginning with its header. */
function tablesOf(page: string): string[][] {
  return page
    .split(/\n(?!\|)/)
    .map((block) => block.split('\n').filter((line) => line.startsWith('|')))
    .filter((rows) => rows.length > 0);
}

function countCells(row: string): number {
  return row.replaceAll('\\|', '').split('|').length - 2;
}

describe('the type of a field', () => {
  it.each([
    [{ type: 'integer', minimum: 1, maximum: 9 }, 'whole number from 1 to 9'],
    [{ type: 'integer', minimum: 1, maximum: Number.MAX_SAFE_INTEGER }, 'whole number from 1'],
    [{ type: 'number', minimum: -90, maximum: 90 }, 'number from -90 to 90'],
    [{ type: 'object', maxProperties: 16, additionalProperties: { type: 'string' } }, 'map; up to 16 keys'],
    [
      { type: 'object', minProperties: 1, maxProperties: 16, additionalProperties: { type: 'string' } },
      'map; 1 to 16 keys',
    ],
    [
      {
        type: 'array',
        minItems: 2,
        maxItems: 2,
        items: { type: 'string', maxLength: 9 },
        'x-kubernetes-list-type': 'set',
      },
      'list of text, up to 9 characters; 2 entries, all different',
    ],
    [
      {
        type: 'array',
        maxItems: 3,
        items: { type: 'object' },
        'x-kubernetes-list-map-keys': ['port', 'protocol'],
      },
      'list of objects; up to 3 entries, different port and protocol',
    ],
  ] as const)('%j is "%s"', (field, type) => {
    const [row] = listFields({ type: 'object', properties: { x: field } });
    expect(row?.type).toBe(type);
  });
});
