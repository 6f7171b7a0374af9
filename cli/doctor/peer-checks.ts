import { SYSTEM_NAMESPACE } from '../../operators/api/layout/namespaces.ts';
import { CredentialsError, inlineKubeconfigProblem } from '../../operators/runtime/index.ts';
import { PeerCredentials, votingCentres } from '../../operators/topology/index.ts';
import { problemOf } from '../centres/read-result.ts';
import { plainLine } from '../frame/command-frame.ts';
import { operatorState, readLease } from '../status/operator-state.ts';
import { checkOf, type Check, type Finding } from './check.ts';
import { expiryFinding } from './expiry.ts';
import type { Patient } from './patient.ts';

/** Whether an operator is at work. */
export async function operatorCheck({ centre, session, signal, say }: Patient): Promise<Check> {
  const [lease, date] = await Promise.all([
    readLease(session.client, signal),
    session.client.read('/version', { signal }).then(
      (answer) => answer.date,
      () => undefined,
    ),
  ]);
  const found = operatorState(lease, date);
  const state = found === 'Running' ? 'ok' : found === 'Unknown' ? 'unknown' : 'wrong';
  return checkOf(say, centre.name, 'Operator', {
    state,
    what: say('operatorIs', { state: say(`word${found}`) }),
  });
}

/** Whether the centre has the credentials by which its operator reads each of its peers, and how long they hold. */
export async function peerChecks(patient: Patient): Promise<Check[]> {
  const { centre, site, say } = patient;
  if (site === undefined)
    return [checkOf(say, centre.name, 'Peers', { state: 'unknown', what: say('peersUnknown') })];
  const voting = votingCentres(site.topology.spec).map(({ name }) => name);
  if (!voting.includes(centre.name)) return [];
  return Promise.all(voting.filter((name) => name !== centre.name).map((peer) => peerCheck(patient, peer)));
}

async function peerCheck({ centre, session, signal, say }: Patient, peer: string): Promise<Check> {
  const credentials = new PeerCredentials(session.client, SYSTEM_NAMESPACE, peer);
  const line = (finding: Finding): Check => checkOf(say, centre.name, 'Peers', finding);
  try {
    await credentials.read(signal);
    // What the operator would refuse is as good as none.
    const unusable = inlineKubeconfigProblem(credentials.text());
    if (unusable !== undefined) throw new CredentialsError(credentials.from, unusable);
    return line(expiryFinding(credentials.from, credentials.expiry, say));
  } catch (error) {
    const problem = plainLine(problemOf(error).message);
    const missing = error instanceof CredentialsError;
    return line({
      state: missing ? 'wrong' : 'unknown',
      what: missing ? say('peerMissing', { secret: credentials.from, peer }) : say('unreadable', { problem }),
    });
  }
}
