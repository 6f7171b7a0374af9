/** Metrics of what is protected as its home centre reads it. Every export is one. */
import { defineMetric } from '../metric.ts';

/** Whether a source answers. */
export const sourceUp = defineMetric({
  name: 'zaibei_source_up',
  type: 'gauge',
  unit: 'none',
  labels: ['namespace', 'dataset'],
  help: {
    zh: '最近一次读取源库是否成功：1 为成功，0 为失败；尚未读取则没有该序列。',
    en: 'Whether the last reading of the source came to its end: 1 if so, 0 if not; without a series nobody has tried yet.',
  },
  from: 'live samples of the home centre, one every 30 s',
});

/** How old what is known of a source is. */
export const sourceSnapshot = defineMetric({
  name: 'zaibei_source_snapshot_timestamp_seconds',
  type: 'gauge',
  unit: 'timestamp_seconds',
  labels: ['namespace', 'dataset'],
  help: {
    zh: '最近一次成功读取源库的时间；从未成功则没有该序列。',
    en: 'When the source was last read; without a series it never was.',
  },
  from: 'live samples of the home centre',
});

/** How large what is to be copied is. */
export const sourceDatabaseBytes = defineMetric({
  name: 'zaibei_source_database_bytes',
  type: 'gauge',
  unit: 'bytes',
  labels: ['namespace', 'dataset', 'database'],
  help: {
    zh: '源实例中各数据库的大小，包括目录中未登记的数据库。',
    en: 'Size of each database of the instance, also of those that no record of the catalogue names.',
  },
  from: '`pg_database_size`',
});

/** What slots keep on the disk of a source. */
export const sourceSlotRetainedBytes = defineMetric({
  name: 'zaibei_source_slot_retained_bytes',
  type: 'gauge',
  unit: 'bytes',
  labels: ['namespace', 'dataset', 'slot'],
  help: {
    zh: '各复制槽在源库磁盘上保留的 WAL 字节数；尚未保留则没有该序列。',
    en: 'Bytes of WAL that each replication slot keeps on the disk of the source; without a series it keeps none yet.',
  },
  from: '`pg_replication_slots`',
});

/** When a certificate by which a source is read ends. */
export const sourceCertificateExpires = defineMetric({
  name: 'zaibei_source_certificate_expire_timestamp_seconds',
  type: 'gauge',
  unit: 'timestamp_seconds',
  labels: ['namespace', 'dataset', 'whose'],
  known: { whose: ['guard', 'server', 'export'] },
  help: {
    zh: '读取源库所用证书的到期时间：guard 为本方客户端证书，server 为数据库服务器证书，export 为文件导出器证书。',
    en: 'When the certificates end by which the source is read: guard is our own, server that of the database, export that of the exporter of files.',
  },
  from: 'the Secret `<dataset>-guard-tls`, what the server shows, and the report of the exporter',
});
