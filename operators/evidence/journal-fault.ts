/** What can be wrong with a journal, in words for people. */
export const FAULTS = {
  missing: { zh: '记录缺失', en: 'the record is missing' },
  altered: { zh: '记录被改动', en: 'the record was altered' },
  misplaced: {
    zh: '序号不符或顺序被调换',
    en: 'the record does not belong here: reordered, or its sequence was forged',
  },
  foreign: { zh: '属于另一个中心', en: 'the record belongs to another centre' },
  cut: { zh: '尾部被截断', en: 'the journal goes on behind its end: its tail was cut off' },
  stray: { zh: '不属于日志的文件', en: 'a file that is no record lies among the records' },
  'forged-head': { zh: '签名不成立', en: 'a signed head is not what its key signed' },
} as const;

/** Kind of a fault. */
export type FaultKind = keyof typeof FAULTS;

/** The first thing that is wrong with a journal. */
export interface JournalFault {
  readonly kind: FaultKind;
  /** The record that it is wrong with: of a cut tail the first that is gone. */
  readonly sequence: number;
  /** Where it is, within the journal's folder. */
  readonly path: string;
  /** What was found, for whoever looks into it. */
  readonly detail: string;
}
