import type { Centre } from '../../operators/api/index.ts';
import { connectPeer, type CentreAccess as PeeringAccess } from '../../operators/api/peering/connect-peer.ts';
import { alignColumns } from '../../operators/api/text/text-columns.ts';
import { votingCentres } from '../../operators/topology/index.ts';
import { openSession, type CentreSession, type OpenSession } from '../centres/centre-session.ts';
import {
  findCentres,
  type CentreAccess,
  type FoundCentres,
  type Whereabouts,
} from '../centres/find-centres.ts';
import { CliError } from '../cli-error.ts';
import { EXIT_CODES } from '../exit-code.ts';
import { plainLine, type Frame, type Report } from '../frame/command-frame.ts';
import type { Say } from '../messages/say.ts';

/** What one centre may now read, or why not. */
interface Connection {
  readonly reader: string;
  readonly peer: string;
  /** When the credentials expire, as the API server said; null: they were not made. */
  readonly until: string | null;
  readonly problem: string | null;
}

/** How long one request may take, in milliseconds: making a token is slower than reading. */
const PATIENCE = 10_000;

/** Who is to read the others, and for how long. */
export interface Connecting extends Whereabouts {
  /** Names of the centres that are to read; none: all. */
  readonly readers: readonly string[];
  /** In seconds. */
  readonly lifetime: number;
}

/** Connects the centres, and tells what came of it. @throws CliError when there is no site, or no such centre */
export async function connectPeers(options: Connecting, frame: Frame): Promise<Report> {
  const found = await findCentres(options, frame.environment, frame.say);
  const connections = await connectCentres(found, options, frame);
  return {
    data: connections,
    text: () => `${connectionTable(connections, frame.say).join('\n')}\n`,
    exitCode: connections.every(({ until }) => until !== null) ? EXIT_CODES.fine : EXIT_CODES.findings,
  };
}

/**
 * Connects every pair, one after the other, each whatever the others come to.
 * @throws CliError when there is no site, or no such centre
 */
export async function connectCentres(
  { centres, site }: FoundCentres,
  { readers, lifetime }: Pick<Connecting, 'readers' | 'lifetime'>,
  { say, tell }: Pick<Frame, 'say' | 'tell'>,
  open: OpenSession = openSession,
): Promise<Connection[]> {
  if (site === undefined) throw new CliError('ZB-CLI-002', say('siteNeeded'));
  const voting = votingCentres(site.topology.spec);
  checkNames(readers, voting, say);
  const sessions = centres.flatMap((access) => {
    const described = voting.find(({ name }) => name === access.name);
    return described === undefined ? [] : { access, described, session: open(access) };
  });
  const connections: Connection[] = [];
  try {
    for (const reader of sessions.filter(
      ({ access }) => readers.length === 0 || readers.includes(access.name),
    ))
      for (const peer of sessions.filter((other) => other !== reader)) {
        const made = await connect(reader, peer, lifetime);
        const { until, problem } = made;
        tell(
          until === null
            ? say('notConnected', { ...made, problem: plainLine(problem ?? '') })
            : say('connected', { ...made, expiry: until }),
        );
        connections.push(made);
      }
  } finally {
    await Promise.all(sessions.map(({ session }) => session.close()));
  }
  return connections;
}

interface OpenCentre {
  readonly access: CentreAccess;
  readonly described: Centre;
  readonly session: CentreSession;
}

async function connect(reader: OpenCentre, peer: OpenCentre, lifetime: number): Promise<Connection> {
  const names = { reader: reader.access.name, peer: peer.access.name };
  try {
    const { apiServer } = peer.described;
    const until = await connectPeer({ reader: accessTo(reader), peer: accessTo(peer), apiServer, lifetime });
    return { ...names, until, problem: null };
  } catch (error) {
    return { ...names, until: null, problem: error instanceof Error ? error.message : String(error) };
  }
}

function accessTo({ access, session }: OpenCentre): PeeringAccess {
  return { centre: access.name, send: (request) => session.send(request, AbortSignal.timeout(PATIENCE)) };
}

function checkNames(readers: readonly string[], voting: readonly Centre[], say: Say): void {
  const names = voting.map(({ name }) => name);
  const unknown = readers.find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new CliError('ZB-CLI-007', say('unknownCentre', { name: unknown, centres: names.join(', ') }));
}

function connectionTable(connections: readonly Connection[], say: Say): readonly string[] {
  const heading = [say('readerHeading'), say('peerHeading'), say('untilHeading')];
  return alignColumns([
    heading,
    ...connections.map(({ reader, peer, until }) => [reader, peer, until ?? say('no')]),
  ]);
}
