import { openSession, PATIENCE, withCentre, type OpenSession } from '../centres/centre-session.ts';
import { findCentres, type CentreAccess, type Whereabouts } from '../centres/find-centres.ts';
import type { Frame, Report } from '../frame/command-frame.ts';
import { withNotice } from '../frame/notice.ts';
import { readCentre, silentCentre, type CentreReading } from './read-centre.ts';
import { exitCodeOf, reportStatus } from './status-report.ts';
import { statusText } from './status-text.ts';

/** Finds the centres, reads them, and sums up. @throws CliError when there is nothing to ask */
export async function showStatus(where: Whereabouts, frame: Frame): Promise<Report> {
  const { centres } = await findCentres(where, frame.environment, frame.say);
  const readings = await withNotice(frame, centres, () => readCentres(centres));
  const report = reportStatus(readings);
  return { data: report, text: () => statusText(report, frame), exitCode: exitCodeOf(report) };
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
