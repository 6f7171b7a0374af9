import {
  judgeSource,
  readFacts,
  SourceConnection,
  SourceError,
  valueOf,
  type SourceFinding,
} from '../../../operators/sources/index.ts';
import { plainLine, type Frame } from '../../frame/command-frame.ts';
import type { OpenCentre } from '../find-dataset.ts';
import type { Preparation } from '../preparation.ts';
import type { PrepareOptions } from '../prepare-options.ts';
import type { SecretFacts } from '../secrets/certificate-plan.ts';
import { adminTarget, type PlacedDatabase } from './admin-target.ts';
import { DatabasePreparation, LIMITS } from './database-preparation.ts';
import { findingLines } from './database-text.ts';
import { openTunnel } from './pod-tunnel.ts';

/**
 * Enters a database as its superuser, judges it, says how it stands, and works with its preparation while it is open.
 * @throws CliError, SourceError
 */
export async function withDatabase<T>(
  placed: PlacedDatabase,
  home: OpenCentre,
  secrets: SecretFacts,
  options: PrepareOptions,
  { say, tell }: Frame,
  work: (preparation: Preparation) => Promise<T>,
): Promise<T> {
  const target = await adminTarget(options, placed, secrets.secretsOf(placed.placement.home), say);
  const tunnel = options.portForward === true ? await openTunnel(home, placed, say) : undefined;
  try {
    const connection = await SourceConnection.open({ ...target, via: tunnel?.near }, LIMITS);
    try {
      const facts = await readFacts(connection, Date.now(), LIMITS);
      const { findings, class: dataClass } = judgeSource(facts, placed);
      const version = String(Math.floor((valueOf(facts.server)?.version ?? 0) / 10_000));
      const { namespace, name } = placed.name;
      const dataset = `${namespace}/${name}`;
      tell(say('instanceLine', { dataset, version, home: placed.placement.home, class: dataClass }));
      for (const line of findingLines(findings, say)) tell(plainLine(line));
      if (options.revoke !== true) refuseUnfit(findings);
      return await work(await DatabasePreparation.open({ placed, connection, secrets, findings, say }));
    } finally {
      await connection.close();
    }
  } finally {
    await tunnel?.close();
  }
}

/** While an error stands, nothing is changed: the roles would be of no use, and somebody would believe in them. */
function refuseUnfit(findings: readonly SourceFinding[]): void {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first === undefined) return;
  const happened = errors.map(({ reason, message }) => `${reason}: ${message}`).join(' ');
  throw new SourceError('UnfitSource', happened, errors.map(({ remedy }) => remedy).join(' '));
}
