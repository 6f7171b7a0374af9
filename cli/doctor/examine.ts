import { openSession, PATIENCE, withCentre, type OpenSession } from '../centres/centre-session.ts';
import type { CentreAccess, FoundCentres } from '../centres/find-centres.ts';
import type { Say } from '../messages/say.ts';
import { certificateChecks } from './certificate-checks.ts';
import { checkOf, type Check } from './check.ts';
import { kindChecks } from './kind-checks.ts';
import type { Patient } from './patient.ts';
import { operatorCheck, peerChecks } from './peer-checks.ts';
import { rightChecks } from './right-checks.ts';
import { serverChecks } from './server-checks.ts';
import { sourceCertificateCheck } from './source-certificate-checks.ts';
import { storageCheck } from './storage-checks.ts';

/** Looks at all centres at the same time. @param before whether nothing has been deployed yet */
export async function examineCentres(
  { centres, site }: FoundCentres,
  before: boolean,
  say: Say,
  open: OpenSession = openSession,
): Promise<Check[]> {
  const late = (centre: CentreAccess): Check[] => {
    const problem = say('tooLate', { seconds: PATIENCE / 1_000 });
    const what = say('silentServer', { context: centre.context, problem });
    return [checkOf(say, centre.name, 'Answer', { state: 'wrong', what })];
  };
  const checks = await Promise.all(
    centres.map((centre) =>
      withCentre(
        open,
        centre,
        (session, signal) => examine({ centre, session, signal, site, before, say }),
        () => late(centre),
      ),
    ),
  );
  return checks.flat();
}

/** A centre that does not answer is asked nothing more: each further line would only say so again. */
async function examine(patient: Patient): Promise<Check[]> {
  const { answers, checks } = await serverChecks(patient);
  if (!answers) return [...checks];
  const further = await Promise.all([
    rightChecks(patient),
    kindChecks(patient),
    storageCheck(patient),
    certificateChecks(patient),
    ...(patient.before ? [] : [operatorCheck(patient), peerChecks(patient), sourceCertificateCheck(patient)]),
  ]);
  return [...checks, ...further.flat()];
}
