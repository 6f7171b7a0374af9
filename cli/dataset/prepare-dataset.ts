import { createInterface } from 'node:readline/promises';
import {
  CertificateAuthority,
  UnfitAuthorityError,
} from '../../operators/api/certificates/certificate-authority.ts';
import {
  judgeSource,
  readFacts,
  SourceConnection,
  SourceError,
  valueOf,
  type SourceFinding,
} from '../../operators/sources/index.ts';
import { openSession, type OpenSession } from '../centres/centre-session.ts';
import { findCentres } from '../centres/find-centres.ts';
import { CliError } from '../cli-error.ts';
import { EXIT_CODES } from '../exit-code.ts';
import { plainLine, type Frame, type Report } from '../frame/command-frame.ts';
import type { Say } from '../messages/say.ts';
import { adminTarget, readText } from './admin-target.ts';
import { centreSecrets } from './centre-secrets.ts';
import { findDataset, findPlacement, type OpenCentre, type PlacedDataset } from './find-dataset.ts';
import { findingLines, planLines, revocationLines } from './plan-text.ts';
import { openTunnel } from './pod-tunnel.ts';
import { LIMITS, Preparation } from './preparation.ts';
import type { PrepareOptions } from './prepare-options.ts';

/** Asks a person a question that is answered by yes or no; undefined: there is nobody to ask. */
export type Ask = (question: string) => Promise<boolean | undefined>;

/** What is not the same in a test. */
export interface PrepareSurroundings {
  readonly open: OpenSession;
  readonly ask: Ask;
}

/**
 * Prepares a database, checks or revokes it. The plan goes to stderr before anything is done; what is missing in the end goes
 * to stdout.
 * @throws CliError
 */
export async function prepareDataset(
  key: string,
  options: PrepareOptions,
  frame: Frame,
  { open, ask }: PrepareSurroundings = { open: openSession, ask: askPerson },
): Promise<Report> {
  const { say } = frame;
  const found = await findCentres(options, frame.environment, say);
  const described = findDataset(key, found, say);
  const centres = found.centres.map((access): OpenCentre => ({ access, session: open(access) }));
  try {
    const placement = await findPlacement(described.dataset, centres, say);
    return await atDatabase({ ...described, placement }, centres, options, frame, ask);
  } catch (error) {
    if (error instanceof SourceError) throw inWords(error, say);
    throw error;
  } finally {
    await Promise.all(centres.map(({ session }) => session.close()));
  }
}

async function atDatabase(
  placed: PlacedDataset,
  centres: readonly OpenCentre[],
  options: PrepareOptions,
  frame: Frame,
  ask: Ask,
): Promise<Report> {
  const { say } = frame;
  const opened = (name: string): OpenCentre => {
    const centre = centres.find(({ access }) => access.name === name);
    if (centre === undefined) throw new CliError('ZB-CLI-007', say('centreSilent', { centre: name }));
    return centre;
  };
  const secretsOf = (name: string) => centreSecrets(name, opened(name).session, say);
  const { home } = placed.placement;
  const target = await adminTarget(options, placed, secretsOf(home), say);
  const authority = await readAuthority(options, say);
  const tunnel = options.portForward === true ? await openTunnel(opened(home), placed, say) : undefined;
  try {
    const connection = await SourceConnection.open({ ...target, via: tunnel?.near }, LIMITS);
    try {
      const facts = await readFacts(connection, Date.now(), LIMITS);
      const { findings, class: dataClass } = judgeSource(facts, placed.dataset);
      const version = String(Math.floor((valueOf(facts.server)?.version ?? 0) / 10_000));
      const { namespace = '', name } = placed.dataset.metadata;
      const dataset = `${namespace}/${name}`;
      const { tell } = frame;
      tell(say('instanceLine', { dataset, version, home, class: dataClass }));
      for (const line of findingLines(findings, say)) tell(plainLine(line));
      if (options.revoke !== true) refuseUnfit(findings);
      const preparation = await Preparation.open({ placed, connection, secretsOf, authority });
      return await (options.revoke === true ? revoke : prepare)(preparation, findings, options, frame, ask);
    } finally {
      await connection.close();
    }
  } finally {
    await tunnel?.close();
  }
}

async function prepare(
  preparation: Preparation,
  findings: readonly SourceFinding[],
  options: PrepareOptions,
  { say, tell }: Frame,
  ask: Ask,
): Promise<Report> {
  const plan = await preparation.plan(options.rotate === true && options.check !== true);
  const lines = planLines(plan, say);
  if (lines.length === 0) return report(findings, [], say('nothingMissing'));
  if (options.check === true) return report(findings, lines, say('missingHeading'));
  for (const line of [say('planHeading'), ...lines]) tell(line);
  await agree(options, say, ask);
  await preparation.carryOut(plan);
  const left = planLines(await preparation.plan(), say);
  return report(findings, left, say(left.length === 0 ? 'doneLine' : 'stillMissing'));
}

async function revoke(
  preparation: Preparation,
  findings: readonly SourceFinding[],
  options: PrepareOptions,
  { say, tell }: Frame,
  ask: Ask,
): Promise<Report> {
  const plan = await preparation.planRevocation();
  const lines = revocationLines(plan, say);
  if (lines.length === 0) return report(findings, [], say('nothingToRevoke'));
  for (const line of [say('planHeading'), ...lines]) tell(line);
  await agree(options, say, ask);
  await preparation.revoke(plan);
  return report(findings, [], say('doneLine'));
}

async function agree({ yes }: PrepareOptions, say: Say, ask: Ask): Promise<void> {
  if (yes === true) return;
  const answer = await ask(say('question'));
  if (answer !== true) throw new CliError('ZB-CLI-016', say(answer === undefined ? 'notAsked' : 'declined'));
}

function report(findings: readonly SourceFinding[], missing: readonly string[], heading: string): Report {
  return {
    data: { findings, missing },
    text: () => `${[heading, ...missing].join('\n')}\n`,
    exitCode: missing.length === 0 ? EXIT_CODES.fine : EXIT_CODES.findings,
  };
}

/** While an error stands, nothing is changed: the roles would be of no use, and somebody would believe in them. */
function refuseUnfit(findings: readonly SourceFinding[]): void {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first === undefined) return;
  const happened = errors.map(({ reason, message }) => `${reason}: ${message}`).join(' ');
  throw new SourceError('UnfitSource', happened, errors.map(({ remedy }) => remedy).join(' '));
}

async function readAuthority(
  { caCertificate, caKey }: PrepareOptions,
  say: Say,
): Promise<CertificateAuthority | undefined> {
  if (caKey === undefined) return undefined;
  if (caCertificate === undefined) throw new CliError('ZB-CLI-015', say('keyWithoutCertificate'));
  const [certificate, key] = [await readText(caCertificate, say), await readText(caKey, say)];
  try {
    return await CertificateAuthority.read(certificate, key);
  } catch (error) {
    if (!(error instanceof UnfitAuthorityError)) throw error;
    throw new CliError('ZB-CLI-015', say('authorityUnfit', { file: caKey, problem: error.message }));
  }
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
