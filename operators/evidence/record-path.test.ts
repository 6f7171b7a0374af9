import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LAST_SEQUENCE } from './journal-record.ts';
import { recordPath, sequenceOf } from './record-path.ts';

const sequences = fc.integer({ min: 1, max: LAST_SEQUENCE });

describe('the path of a record', () => {
  it.each([
    [1, 'records/000000/000/000000000001.json'],
    [999, 'records/000000/000/000000000999.json'],
    [1000, 'records/000000/001/000000001000.json'],
    [12_345_678, 'records/000012/345/000012345678.json'],
    [LAST_SEQUENCE, 'records/999999/999/999999999999.json'],
  ])('of sequence %d is %s', (sequence, path) => {
    expect(recordPath(sequence)).toBe(path);
  });

  it('gives the sequence back, and sorts as the sequences do', () => {
    fc.assert(
      fc.property(sequences, sequences, (one, other) => {
        expect(sequenceOf(recordPath(one))).toBe(one);
        expect(recordPath(one) < recordPath(other)).toBe(one < other);
      }),
    );
  });

  it.each([0, -1, 1.5, LAST_SEQUENCE + 1])('is refused for %d', (sequence) => {
    expect(() => recordPath(sequence)).toThrow(RangeError);
  });

  it.each([
    'records/000000/001/000000000001.json',
    'records/000000000001.json',
    'records/000000/000/000000000000.json',
    'records/000000/000/1.json',
    'records/000000/000/000000000001.json.bak',
  ])('is not %s', (path) => {
    expect(sequenceOf(path)).toBeUndefined();
  });
});
