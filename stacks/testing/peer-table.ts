import type { DeployedCentre } from './deployed-centre.ts';

/** How a peer stands with a centre that reads it, and that wants the same. */
export const FINE = 'Reachable, Agrees';

/** What the operators say of each other: `production → local-dr` is `Reachable, Agrees`, and so on for every pair. */
export async function peerTable(centres: readonly DeployedCentre[]): Promise<Record<string, string>> {
  const pairs = await Promise.all(
    centres.map(async (centre) => {
      const peers = await centre.peers();
      return [...peers.values()].map(({ name, reachability, agreement }) => [
        `${centre.name} → ${name}`,
        `${reachability.state}, ${agreement.state}`,
      ]);
    }),
  );
  return Object.fromEntries(pairs.flat()) as Record<string, string>; // of pairs of texts
}

/** The table of centres that all stand well with each other. */
export function fineTable(centres: readonly DeployedCentre[]): Record<string, string> {
  const names = centres.map(({ name }) => name);
  const pairs = names.flatMap((from) =>
    names.filter((to) => to !== from).map((to) => [`${from} → ${to}`, FINE] as const),
  );
  return Object.fromEntries(pairs);
}
