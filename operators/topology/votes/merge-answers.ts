import type { ClaimAnswer } from '../../api/index.ts';

/** What can follow on what: a vote is not taken back, but a later one of its centre outdates it. */
const RANK = { unknown: 0, granted: 1, refused: 2 } as const;

/**
 * What is known of the answers to a claim when something was known before: answers that were heard of are not forgotten because
 * their centre cannot be read now, nor because another operator of this centre has not heard of them.
 */
export function mergeAnswers(before: readonly ClaimAnswer[], now: readonly ClaimAnswer[]): ClaimAnswer[] {
  return now.map((answer) => {
    const known = before.find(({ centre }) => centre === answer.centre);
    return known !== undefined && RANK[known.answer] >= RANK[answer.answer] ? known : answer;
  });
}
