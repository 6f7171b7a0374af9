/**
 * What records tell of. A kind is added here by whoever writes the first record of it; a verifier takes kinds that it does
 * not know, because a journal outlives the program that reads it.
 */
export const RECORD_KINDS = {
  'policy-change': {
    zh: '期望状态变更',
    en: 'a document of the desired state was seen to be new, changed or gone',
  },
  vote: { zh: '投票', en: 'this centre voted for a claim, its own or that of a peer' },
  agreement: { zh: '协议结果', en: 'a claim of this centre was agreed, was refused or has expired' },
  'leader-change': { zh: '主控切换', en: "another process became the leader of this centre's operator" },
} as const;

/** Kind of a record that this program writes. */
export type RecordKind = keyof typeof RECORD_KINDS;
