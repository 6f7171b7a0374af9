/** What can be done for data, by policy or by 等保 level. The plan for a dataset is the union of what both ask for. */
export const MEASURES = [
  'local-realtime',
  'local-copy',
  'remote-timed',
  'remote-realtime',
  'hot-redundancy',
  'remote-switching',
] as const;

/** One measure of protection. */
export type Measure = (typeof MEASURES)[number];

/** What each measure is, for people. */
export const MEASURE_NAMES: Readonly<Record<Measure, string>> = {
  'local-realtime': 'a real-time copy in the local DR centre (本地实时灾备)',
  'local-copy': 'a point-in-time copy in the home locality (本地备份)',
  'remote-timed': 'timed copies in the remote DR centre (异地定时灾备)',
  'remote-realtime': 'a real-time copy off site (异地实时备份)',
  'hot-redundancy': 'hot redundancy of the processing systems (热冗余)',
  'remote-switching': 'real-time switching to a remote DR centre (异地应用切换)',
};
