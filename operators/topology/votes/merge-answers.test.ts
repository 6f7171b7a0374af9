import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClaimAnswer } from '../../api/index.ts';
import { ELECTORATE } from '../testing/ballots.ts';
import { mergeAnswers } from './merge-answers.ts';

const answers = fc
  .tuple(...ELECTORATE.map(() => fc.constantFrom('granted', 'refused', 'unknown')))
  .map((chosen): ClaimAnswer[] =>
    ELECTORATE.map((centre, index) => ({ centre, answer: chosen[index] ?? 'unknown' })),
  );

describe('answers to a claim', () => {
  it('that were heard of are kept when their centre is not heard of any more', () => {
    const before: ClaimAnswer[] = [{ centre: 'remote-dr', answer: 'granted' }];
    expect(mergeAnswers(before, [{ centre: 'remote-dr', answer: 'unknown' }])).toEqual(before);
  });

  it('come to the same whichever of two operators writes first, so that they do not write for ever', () => {
    fc.assert(
      fc.property(answers, answers, (one, other) => {
        const merged = mergeAnswers(one, other);
        expect(mergeAnswers(other, one)).toEqual(merged);
        expect(mergeAnswers(merged, one)).toEqual(merged);
        expect(mergeAnswers(merged, other)).toEqual(merged);
      }),
    );
  });
});
