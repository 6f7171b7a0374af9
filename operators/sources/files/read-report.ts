import {
  EXPORTER_REPORT_PATH,
  exporterReportSchema,
  type ExporterReport,
} from '../../api/layout/exporter.ts';
import { EXPORTER_REPORT_PORT } from '../../api/layout/ports.ts';

/** Longest that an exporter may take to answer, in milliseconds. */
const DEADLINE = 5_000;

/** More than a report with all its examples has, in bytes. */
const MOST = 2 ** 20;

/** Reads the report of the exporter at an address of a pod. */
export type ReadReport = (address: string, signal: AbortSignal) => Promise<ExporterReport>;

/** Reads it over HTTP. @throws whatever kept it from being read; what answers is not believed beyond its bounds */
export const readReport: ReadReport = async (address, signal) => {
  const host = address.includes(':') ? `[${address}]` : address;
  const response = await fetch(`http://${host}:${EXPORTER_REPORT_PORT}${EXPORTER_REPORT_PATH}`, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE)]),
    redirect: 'error',
  });
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MOST) throw new RangeError('the report of an exporter is too long');
  }
  return exporterReportSchema.parse(JSON.parse(Buffer.concat(chunks).toString('utf8')));
};
