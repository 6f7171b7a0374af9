/** What runs in pods of its own, beside a volume or in a Job: `node main.ts <verb>`. Ends with one of `EXIT`. */
import { pino } from 'pino';
import { systemClock as clock } from '../operators/runtime/clock.ts';
import { CannotListenError } from '../operators/runtime/health/health-server.ts';
import { openJsonLog } from '../operators/runtime/logs/json-logger.ts';
import { EXIT } from '../operators/runtime/shutdown/exit-code.ts';
import { watchProcessEnd } from '../operators/runtime/shutdown/process-end.ts';
import { runExporter } from './exporter/run-exporter.ts';
import { MoverSettingsError } from './settings-error.ts';

/** Put in by `movers/bundle.ts` when the program is made into one file. */
declare const ZAIBEI_VERSION: string | undefined;

const version = typeof ZAIBEI_VERSION === 'string' ? ZAIBEI_VERSION : 'source';

const VERBS = { exporter: runExporter } as const;

const output = pino.destination({ dest: 1, sync: false });
const flush = (): void => {
  output.flushSync();
};
const [verb = ''] = process.argv.slice(2);
const { logger: log } = openJsonLog({
  level: 'info',
  fields: { verb },
  destination: output,
  now: () => clock.now(),
});
const stop = watchProcessEnd(process, log, flush);
const run = new Map(Object.entries(VERBS)).get(verb);
let code: number = EXIT.stopped;
try {
  if (run === undefined) throw new MoverSettingsError([`(verb) ${verb}`]);
  await run(process.env, version, log, stop);
} catch (error) {
  const configuration = error instanceof MoverSettingsError || error instanceof CannotListenError;
  code = configuration ? EXIT.configuration : EXIT.defect;
  if (configuration) log.error(error.message, { code: error.code });
  else log.error('the mover has failed: this is a defect, please report this line', { error });
}
flush();
process.exit(code);
