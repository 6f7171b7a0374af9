import { createInterface } from 'node:readline/promises';
import { SourceError } from '../../operators/sources/index.ts';
import { openSession, type OpenSession } from '../centres/centre-session.ts';
import { findCentres } from '../centres/find-centres.ts';
import { CliError } from '../cli-error.ts';
import { plainLine, type Frame, type Report } from '../frame/command-frame.ts';
import type { Say } from '../messages/say.ts';
import { withDatabase } from './database/open-database.ts';
import { filesPreparation, refuseForFiles } from './files/files-preparation.ts';
import { findDataset, type OpenCentre, type PlacedDataset } from './find-dataset.ts';
import { findPlacement } from './placement/find-placement.ts';
import { carryThrough, type Ask, type Preparation } from './preparation.ts';
import type { PrepareOptions } from './prepare-options.ts';
import type { SecretFacts } from './secrets/certificate-plan.ts';
import { centreSecrets, type CentreSecrets } from './secrets/centre-secrets.ts';
import { readAuthority } from './site-authority.ts';

/** What is not the same in a test. */
export interface PrepareSurroundings {
  readonly open: OpenSession;
  readonly ask: Ask;
}

/** Prepares a source of whatever kind, checks or revokes it. @throws CliError */
export async function prepareDataset(
  key: string,
  options: PrepareOptions,
  frame: Frame,
  { open, ask }: PrepareSurroundings = { open: openSession, ask: askPerson },
): Promise<Report> {
  const { say } = frame;
  const found = await findCentres(options, frame.environment, say);
  const described = findDataset(key, found, say);
  if (described.spec.files !== undefined) refuseForFiles(options, say);
  const authority = await readAuthority(options, say);
  const centres = found.centres.map((access): OpenCentre => ({ access, session: open(access) }));
  try {
    const known = await findPlacement(described, centres, options.asToldBy, frame);
    const secretsOf = secretsIn(centres, say);
    const { name: dataset, all, zone } = described;
    const names = all.map(({ name }) => name);
    const secrets: SecretFacts = { ...known, dataset, centres: names, zone, secretsOf, authority };
    const work = (preparation: Preparation) => carryThrough(preparation, options, frame, ask);
    return await withPreparation({ ...described, ...known }, centres, secrets, options, frame, work);
  } catch (error) {
    if (error instanceof SourceError) throw inWords(error, say);
    throw error;
  } finally {
    await Promise.all(centres.map(({ session }) => session.close()));
  }
}

/** Works with the preparation that fits the kind of the dataset. */
async function withPreparation(
  placed: PlacedDataset,
  centres: readonly OpenCentre[],
  secrets: SecretFacts,
  options: PrepareOptions,
  frame: Frame,
  work: (preparation: Preparation) => Promise<Report>,
): Promise<Report> {
  const { say, tell } = frame;
  const { name, spec, placement } = placed;
  const { home } = placement;
  if (spec.postgres !== undefined) {
    const database = { ...placed, postgres: spec.postgres };
    return withDatabase(database, opened(home, centres, say), secrets, options, frame, work);
  }
  const dataset = `${name.namespace}/${name.name}`;
  tell(say('filesLine', { dataset, claim: spec.files?.volumeClaim ?? '', home }));
  return work(filesPreparation(secrets, say));
}

/** The Secrets of each centre, each opened once: it remembers what was written. */
function secretsIn(centres: readonly OpenCentre[], say: Say): (name: string) => CentreSecrets {
  const known = new Map<string, CentreSecrets>();
  return (name) => {
    const secrets = known.get(name) ?? centreSecrets(name, opened(name, centres, say).session, say);
    known.set(name, secrets);
    return secrets;
  };
}

function opened(name: string, centres: readonly OpenCentre[], say: Say): OpenCentre {
  const centre = centres.find(({ access }) => access.name === name);
  if (centre === undefined) throw new CliError('ZB-CLI-007', say('centreSilent', { centre: name }));
  return centre;
}

function inWords(error: SourceError, say: Say): CliError {
  const { code, trouble, message } = error;
  const text = say('sourceTrouble', { code, trouble: say(`trouble${trouble}`), detail: plainLine(message) });
  return new CliError('ZB-CLI-015', text, { cause: error });
}

const askPerson: Ask = async (question) => {
  if (!process.stdin.isTTY) return undefined;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^(y|yes|是)$/i.test((await lines.question(question)).trim());
  } finally {
    lines.close();
  }
};
