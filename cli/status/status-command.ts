import type { Command } from 'commander';
import { openSession, PATIENCE, withCentre, type OpenSession } from '../centres/centre-session.ts';
import { findCentres, type CentreAccess, type Whereabouts } from '../centres/find-centres.ts';
import { whereaboutsOptions } from '../centres/whereabouts-options.ts';
import { runCommand, type Report } from '../frame/command-frame.ts';
import { outputOption, type OutputFormat } from '../frame/output-format.ts';
import { withNotice } from '../frame/notice.ts';
import { readCentre, silentCentre, type CentreReading } from './read-centre.ts';
import { exitCodeOf, reportStatus } from './status-report.ts';
import { statusText } from './status-text.ts';

/** Adds `zaibei status`: all centres on one screen. */
export function addStatusCommand(program: Command): void {
  const command = program
    .command('status')
    .description('Show all centres on one screen. Ends within a few seconds, whatever is down.')
    .addOption(outputOption());
  whereaboutsOptions(command).action(async (options: Whereabouts & { output: OutputFormat }) => {
    await runCommand(program, options.output, async (frame): Promise<Report> => {
      const { centres } = await findCentres(options, frame.environment, frame.say);
      const readings = await withNotice(frame, centres, () => readCentres(centres));
      const report = reportStatus(readings);
      return { data: report, text: () => statusText(report, frame), exitCode: exitCodeOf(report) };
    });
  });
}

/** Reads all centres at the same time; one that does not answer in time is silent. */
export function readCentres(
  centres: readonly CentreAccess[],
  open: OpenSession = openSession,
): Promise<CentreReading[]> {
  return Promise.all(
    centres.map((centre) =>
      withCentre(
        open,
        centre,
        (session, signal) => readCentre(centre, session, signal),
        () => silentCentre(centre, { reason: 'Timeout', message: `nothing within ${PATIENCE / 1_000} s` }),
      ),
    ),
  );
}
