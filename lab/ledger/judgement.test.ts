import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeFiles } from './judge-files.ts';
import { judgeRows } from './judge-rows.ts';
import type { FileEntry, RowEntry } from './ledger-entry.ts';

const AT = '2026-01-02T03:04:05.678Z';
const digest = (value: string | number): string => String(value).padStart(64, '0');

const row = (sequence: number, outcome: RowEntry['outcome'] = 'acknowledged'): RowEntry => ({
  sequence,
  outcome,
  digest: digest(sequence),
  at: AT,
});
const present = (...sequences: readonly number[]) =>
  sequences.map((sequence) => ({ sequence, digest: digest(sequence) }));

describe('rows that are held against their ledger', () => {
  test('are all there: nothing is lost, and the newest one is the recovery point', () => {
    expect(judgeRows([row(1), row(2), row(3)], present(3, 1, 2))).toEqual({
      acknowledged: 3,
      present: 3,
      lost: [],
      altered: [],
      unacknowledged: [],
      order: 'kept',
      recoveryPoint: row(3),
    });
  });

  test.each([
    ['the last ones are missing', [1, 2], { lost: [3], order: 'kept', recoveryPoint: row(2) }],
    ['all are missing', [], { lost: [1, 2, 3], order: 'kept', recoveryPoint: undefined }],
    ['one in between is missing', [1, 3], { lost: [2], order: 'broken', recoveryPoint: row(1) }],
    ['the first is missing', [2, 3], { lost: [1], order: 'broken', recoveryPoint: undefined }],
  ])('tell what is lost when %s', (_, rows, expected) => {
    expect(judgeRows([row(1), row(2), row(3)], present(...rows))).toMatchObject(expected);
  });

  test('are no loss when nobody was told that they are kept, whether they are there or not', () => {
    const ledger = [row(1), row(2, 'unsure'), row(3, 'unsure'), row(4)];
    expect(judgeRows(ledger, present(1, 3, 4, 9))).toMatchObject({
      lost: [],
      unacknowledged: [3, 9],
      order: 'kept',
    });
  });

  test('are altered when they have another value, and no recovery point lies behind that', () => {
    const rows = [...present(1, 3), { sequence: 2, digest: digest(7) }];
    expect(judgeRows([row(1), row(2), row(3)], rows)).toMatchObject({
      lost: [],
      altered: [2],
      recoveryPoint: row(1),
    });
  });

  test('of any point in time lose exactly what was acknowledged after it', () => {
    const history = fc.array(fc.constantFrom('acknowledged', 'unsure', 'unsure but kept'), { maxLength: 40 });
    fc.assert(
      fc.property(history, fc.nat(40), (outcomes, cut) => {
        const ledger = outcomes.map((outcome, index) =>
          row(index + 1, outcome === 'acknowledged' ? outcome : 'unsure'),
        );
        const kept = ledger.filter((_, index) => index < cut && outcomes[index] !== 'unsure');
        const judged = judgeRows(ledger, kept);
        const acknowledged = ledger.filter(({ outcome }) => outcome === 'acknowledged');
        expect(judged.lost).toEqual(
          acknowledged.map(({ sequence }) => sequence).filter((sequence) => sequence > cut),
        );
        expect(judged.order).toBe('kept');
        expect(judged.recoveryPoint).toEqual(acknowledged.findLast(({ sequence }) => sequence <= cut));
        expect(judged.unacknowledged).toHaveLength(kept.length - (acknowledged.length - judged.lost.length));
      }),
    );
  });
});

const change = (
  sequence: number,
  path: string,
  content: string | undefined,
  outcome: FileEntry['outcome'] = 'acknowledged',
): FileEntry => ({
  sequence,
  path,
  outcome,
  at: AT,
  ...(content === undefined ? {} : { digest: digest(content) }),
});
const files = (contents: Record<string, string>) =>
  new Map(Object.entries(contents).map(([path, content]) => [path, digest(content)]));

describe('files that are held against their ledger', () => {
  const ledger = [
    change(1, 'kept', '1'),
    change(2, 'changed', '1'),
    change(3, 'changed', '2'),
    change(4, 'deleted', '1'),
    change(5, 'deleted', undefined),
  ];
  const whole = { kept: '1', changed: '2' };
  const fine = { lost: [], altered: [], returned: [], unknown: [] };

  test('are as the last change left them', () => {
    expect(judgeFiles(ledger, files(whole))).toEqual({ acknowledged: 5, present: 2, ...fine });
  });

  test.each([
    ['lost', { changed: '2' }, { lost: ['kept'] }],
    ['altered', { ...whole, changed: '1' }, { altered: ['changed'] }],
    ['back though deleted', { ...whole, deleted: '1' }, { returned: ['deleted'] }],
    ['nobody knows', { ...whole, stray: '1' }, { unknown: ['stray'] }],
  ])('are told by name when one is %s', (_, contents, expected) => {
    expect(judgeFiles(ledger, files(contents))).toMatchObject({ ...fine, ...expected });
  });

  test.each([
    ['a change', change(6, 'kept', '2', 'unsure'), [whole, { ...whole, kept: '2' }]],
    ['a deletion', change(6, 'kept', undefined, 'unsure'), [whole, { changed: '2' }]],
    ['a creation', change(6, 'new', '1', 'unsure'), [whole, { ...whole, new: '1' }]],
  ])('may be as before or after %s that is unsure', (_, unsure, outcomes) => {
    for (const contents of outcomes)
      expect(judgeFiles([...ledger, unsure], files(contents))).toMatchObject(fine);
  });

  test('must be as an acknowledged change left them, whatever was unsure before it', () => {
    const later = [...ledger, change(6, 'kept', '2', 'unsure'), change(7, 'kept', '3')];
    expect(judgeFiles(later, files({ ...whole, kept: '2' }))).toMatchObject({ altered: ['kept'] });
  });
});
