import { MetricRegistry } from '../../operators/metrics/metric-registry.ts';
import { MetricsPage } from '../../operators/metrics/metrics-page.ts';
import { observeProcess } from '../../operators/metrics/process-figures.ts';
import { EXPORTER_REPORT_PATH } from '../../operators/api/layout/exporter.ts';
import { systemClock } from '../../operators/runtime/clock.ts';
import { HealthServer } from '../../operators/runtime/health/health-server.ts';
import type { Logger } from '../../operators/runtime/logs/logger.ts';
import { Exporter } from './exporter.ts';
import { readExporterSettings } from './exporter-settings.ts';

/**
 * The verb `exporter`: serves one folder of a volume until the signal is aborted, and tells how it is on a port of its own.
 * @throws MoverSettingsError, CannotListenError
 */
export async function runExporter(
  environment: Readonly<Record<string, string | undefined>>,
  version: string,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  const settings = readExporterSettings(environment);
  const metrics = new MetricRegistry();
  observeProcess(metrics, version);
  const exporter = new Exporter(settings, systemClock, log);
  const health = await HealthServer.open({
    host: settings.address,
    port: settings.reportPort,
    checks: [{ name: 'serving', problem: () => (signal.aborted ? 'ending' : exporter.trouble?.message) }],
    metrics: new MetricsPage(metrics),
    documents: { [EXPORTER_REPORT_PATH]: () => exporter.report() },
  });
  log.info('exporting', { dataset: settings.dataset, port: settings.port, report: health.port });
  try {
    await exporter.run(signal);
  } finally {
    await health.close();
  }
}
