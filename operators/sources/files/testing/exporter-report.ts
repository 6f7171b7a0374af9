import type { ExporterReport } from '../../../api/layout/exporter.ts';

/** What an exporter has found that could read everything. */
export const SURVEY: NonNullable<ExporterReport['survey']> = {
  startedAt: '2026-11-23T00:00:00.000Z',
  endedAt: '2026-11-23T00:00:05.000Z',
  files: 20_000,
  folders: 20,
  links: 0,
  bytes: 1e9,
  unreadable: { count: 0, examples: [] },
  special: { count: 0, examples: [] },
  leavingLinks: { count: 0, examples: [] },
};

/** Until when the certificate of the exporter is valid. */
export const CERTIFICATE_UNTIL = '2027-01-01T00:00:00.000Z';

/** What an exporter tells that serves, and could read everything. */
export const REPORT: ExporterReport = {
  dataset: 'licences/archive',
  transfers: 0,
  certificateUntil: CERTIFICATE_UNTIL,
  survey: SURVEY,
};
