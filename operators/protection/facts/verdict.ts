import type { Condition } from '../../api/index.ts';

/** What is said about one thing, before it becomes a condition: whether it holds, why in one word, and in a sentence. */
export type Verdict = Pick<Condition, 'status' | 'reason' | 'message'>;
