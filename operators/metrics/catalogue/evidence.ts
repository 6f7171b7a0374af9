/** Metrics of evidence: the journal. Every export is one. */
import { defineMetric } from '../metric.ts';

/** What goes into the journal. */
export const journalRecords = defineMetric({
  name: 'zaibei_journal_records_total',
  type: 'counter',
  unit: 'total',
  labels: ['kind'],
  help: {
    zh: '本进程写入证据日志的记录数，按类别计。',
    en: 'Records that this process has added to the journal, by kind.',
  },
  from: 'each append that resolved',
});

/** Control actions that could not be put on record: what they were for waits or fails. */
export const journalAppendFailures = defineMetric({
  name: 'zaibei_journal_append_failures_total',
  type: 'counter',
  unit: 'total',
  labels: ['code'],
  help: {
    zh: '未能写入证据日志的次数，按错误代码计（磁盘满、他人写入、疑似机密等）。',
    en: 'Appends to the journal that failed, by error code (disk full, another writer, looks like a secret).',
  },
  from: 'each append that rejected',
  known: {
    code: ['ZB-EVD-001', 'ZB-EVD-002', 'ZB-EVD-003', 'ZB-EVD-004', 'ZB-EVD-005', 'ZB-EVD-006', 'ZB-EVD-007'],
  },
});

/** It only ever grows; a smaller one means that the journal was replaced or cut. */
export const journalHeadSequence = defineMetric({
  name: 'zaibei_journal_head_sequence',
  type: 'gauge',
  unit: 'none',
  labels: [],
  help: {
    zh: '证据日志最后一条记录的序号；只增不减，变小即表示日志被截断或替换。',
    en: 'Sequence of the last record in the journal; it only grows, and a smaller one means a cut or replaced journal.',
  },
  from: 'the last record on the volume',
});

/** When evidence was last written. */
export const journalLastRecord = defineMetric({
  name: 'zaibei_journal_last_record_timestamp_seconds',
  type: 'gauge',
  unit: 'timestamp_seconds',
  labels: [],
  help: {
    zh: '证据日志最后一条记录的写入时间。',
    en: 'When the last record in the journal was written.',
  },
  from: 'the last record on the volume',
});
