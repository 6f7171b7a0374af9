/** Forms in which records, and a verdict on them, are printed. */
export const JOURNAL_FORMATS = ['table', 'json', 'yaml'] as const;

/** One of them. */
export type JournalFormat = (typeof JOURNAL_FORMATS)[number];
