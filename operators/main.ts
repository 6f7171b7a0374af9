/** The operator process: one per replica, one or more replicas per centre. Ends with one of `EXIT`. */
import { hostname } from 'node:os';
import { pino } from 'pino';
import { meterJournal, openJournal } from './evidence/index.ts';
import { MetricRegistry, MetricsPage, observeProcess } from './metrics/index.ts';
import { assemble } from './process/assembly.ts';
import { BUILD } from './process/build-info.ts';
import { readConfiguration, type Configuration } from './process/configuration.ts';
import { makeModules } from './process/modules.ts';
import { runOperator } from './process/run-operator.ts';
import { exitCodeOf } from './process/start-error.ts';
import { switchLevelOnSignal } from './process/switch-level.ts';
import {
  callMetrics,
  ClusterConnection,
  EXIT,
  HealthServer,
  HttpApiClient,
  openJsonLog,
  OperatorError,
  readersCheck,
  systemClock as clock,
  watchProcessEnd,
  type ExitCode,
  type JsonLog,
} from './runtime/index.ts';

/** Everything that is written to standard output, in order; nothing waits for it. */
const output = pino.destination({ dest: 1, sync: false });

function flush(): void {
  output.flushSync();
}

function openLog(fields: Readonly<Record<string, string>>, level: JsonLog['level'] = 'info'): JsonLog {
  return openJsonLog({ level, fields, destination: output, now: () => clock.now() });
}

async function run(configuration: Configuration): Promise<ExitCode> {
  const { identity, logLevel, credentials, journal, listen, moverImage } = configuration;
  const { centre, pod } = identity;
  log = openLog({ centre, pod }, logLevel);
  const { logger } = log;
  const stop = watchProcessEnd(process, logger, flush);
  switchLevelOnSignal(process, log);
  logger.info('starting', { version: BUILD.version, node: process.version });

  const metrics = new MetricRegistry({
    onFailure: (metric, error) => {
      logger.warn('a metric cannot be told', { metric, error });
    },
  });
  observeProcess(metrics, BUILD.version);
  const connection = new ClusterConnection(centre, credentials, clock);
  const client = new HttpApiClient({ connection, clock, observe: callMetrics(metrics) });
  const parts = {
    identity,
    moverImage,
    client,
    metrics,
    clock,
    log: logger,
    random: Math.random,
    makeModules,
    openJournal: async () =>
      meterJournal(await openJournal({ folder: journal, centre, now: () => clock.now() }), metrics),
  };
  const operator = assemble(parts, stop);
  const health = await HealthServer.open({
    ...listen,
    checks: [readersCheck(clock, () => operator.readers.entries())],
    metrics: new MetricsPage(metrics),
  });
  try {
    return await runOperator(operator, parts, stop);
  } finally {
    await connection.close();
    await health.close();
  }
}

/** What kept the operator from going on, in one line. @returns with which code it ends */
function fail(error: unknown): ExitCode {
  const exitCode = exitCodeOf(error);
  if (error instanceof OperatorError && exitCode !== undefined)
    log.logger.error(error.message, { code: error.code });
  else log.logger.error('the operator has failed: this is a defect, please report this line', { error });
  return exitCode ?? EXIT.defect;
}

/** Until the configuration is known, which says how much is logged and by whom. */
let log = openLog({ pod: hostname() });
let code: ExitCode;
try {
  code = await run(readConfiguration(process.env));
} catch (error) {
  code = fail(error);
}
flush();
process.exit(code);
