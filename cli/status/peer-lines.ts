import type { PeerStatus } from '../../operators/api/index.ts';
import { votingCentres } from '../../operators/topology/index.ts';
import { currentStatus, siteTopology } from './centre-lines.ts';
import type { CentreReading } from './read-centre.ts';

/** What one centre knows of another. */
export interface PeerLine {
  readonly from: string;
  readonly to: string;
  readonly reachability: PeerStatus['reachability']['state'];
  /** `12ms`; null: not known. */
  readonly roundTrip: string | null;
  /** How far the other's clock is ahead, in milliseconds; null: not known. */
  readonly clockOffset: { readonly least: number; readonly most: number } | null;
  readonly agreement: PeerStatus['agreement']['state'];
  /** Documents in which the two differ. */
  readonly differing: readonly string[];
  /** How many more differ than are listed. */
  readonly more: number;
}

/** A line for each centre and each of its peers. Of a centre that cannot tell, everything is unknown. */
export function peerLines(readings: readonly CentreReading[]): PeerLine[] {
  const names = votingNames(readings);
  return names.flatMap((from) => {
    const reading = readings.find(({ name }) => name === from);
    const peers = (reading === undefined ? undefined : currentStatus(reading)?.peers) ?? [];
    return names
      .filter((to) => to !== from)
      .map((to) =>
        lineOf(
          from,
          to,
          peers.find(({ name }) => name === to),
        ),
      );
  });
}

function lineOf(from: string, to: string, peer: PeerStatus | undefined): PeerLine {
  return {
    from,
    to,
    reachability: peer?.reachability.state ?? 'Unknown',
    roundTrip: peer?.roundTrip ?? null,
    clockOffset: peer?.clockOffset ?? null,
    agreement: peer?.agreement.state ?? 'Unknown',
    differing: peer?.agreement.differing ?? [],
    more: peer?.agreement.more ?? 0,
  };
}

function votingNames(readings: readonly CentreReading[]): string[] {
  const topology = siteTopology(readings);
  const centres = topology?.spec.centres ?? readings.flatMap(({ access }) => access.described ?? []);
  return votingCentres({ centres }).map(({ name }) => name);
}
