import { describe, expect, it, vi } from 'vitest';
import type { DeployedCentre } from '../testing/deployed-centre.ts';
import type { DeployedSite } from '../testing/deployed-site.ts';
import { fineTable, peerTable } from '../testing/peer-table.ts';
import { CANARY, CANARY_CENTRE, peerKubeconfig } from '../testing/planted-canary.ts';
import { findSecrets } from '../testing/secret-search.ts';
import { outputsOf } from '../testing/written-outputs.ts';

/**
 * A word was planted wherever secrets are. It is also put where it is wrong, so that there is something to complain of: and
 * nobody ever says the word.
 */
export function keptSecrets(site: () => DeployedSite): void {
  describe('secrets', () => {
    it('that are wrong make peers unknown, and status and doctor say so', async () => {
      const centre = site().centre(CANARY_CENTRE);
      await vi.waitFor(async () => {
        const peers = [...(await centre.peers()).values()];
        expect(peers.map(({ name, reachability }) => `${name} ${reachability.reason}`)).toEqual([
          'production CredentialsRefused',
          'local-dr CredentialsMissing',
        ]);
      }, site().patience);
      const unknown = ['remote-dr → production', 'remote-dr → local-dr'];
      expect(await peerTable(site().centres)).toEqual({
        ...fineTable(site().centres),
        ...Object.fromEntries(unknown.map((pair) => [pair, 'Unknown, Unknown'])),
      });

      await vi.waitFor(async () => {
        const { peers } = await printedBy(site(), 'status', 1);
        const unread = peers?.filter(({ reachability }) => reachability !== 'Reachable') ?? [];
        expect(unread.map(({ from, to }) => `${from} → ${to}`)).toEqual(unknown);
      }, site().patience);
      await vi.waitFor(async () => {
        const { checks } = await printedBy(site(), 'doctor', 1);
        expect(checks?.filter(({ state }) => state !== 'ok')).toEqual([
          expect.objectContaining({ where: CANARY_CENTRE, topic: 'Peers', state: 'unknown' }),
          expect.objectContaining({ where: CANARY_CENTRE, topic: 'Peers', state: 'wrong' }),
        ]);
      }, site().patience);
    });

    it('stand in nothing that anybody writes: log, event, status, metric, journal, report or Terraform state', async () => {
      const tokens = await Promise.all(
        ['production', 'local-dr'].map(async (name) =>
          signatureIn(await peerKubeconfig(site().centre(name), 'remote-dr')),
        ),
      );
      const secrets = [CANARY, ...tokens];
      for (const command of ['status --lang zh', 'status -o yaml', 'doctor --lang en', 'doctor -o yaml'])
        await site().zaibei(command);
      const outputs = await outputsOf(site());
      expect(outputs.size).toBeGreaterThan(40);
      expect(findSecrets(outputs, secrets)).toEqual([]);
      // They would be found if they were there: in the Secrets themselves, they are.
      for (const reader of site().centres) {
        const kept = await reader.kubectl('get secrets -o json');
        expect(findSecrets(new Map([[reader.name, kept]]), secrets)).toEqual([reader.name]);
      }
    });

    it('are put right by connecting the peers, which disturbs no peer that was well, also done twice', async () => {
      const wellSince = await reachableSince(site().centre('production'), 'local-dr');
      await site().zaibei('peer connect');
      const { exitCode, stdout, output } = await site().zaibei('peer connect -o json');
      expect(exitCode, output).toBe(0);
      const connections = JSON.parse(stdout) as { until: string | null }[];
      expect(connections.filter(({ until }) => until !== null)).toHaveLength(6);
      await vi.waitFor(async () => {
        expect(await peerTable(site().centres)).toEqual(fineTable(site().centres));
      }, site().patience);
      expect(await reachableSince(site().centre('production'), 'local-dr')).toBe(wellSince);
      const names = await site().centre('production').kubectl('get secrets -o name');
      expect(names.trim().split('\n').sort()).toEqual([
        'secret/zaibei-peer-local-dr',
        'secret/zaibei-peer-remote-dr',
      ]);
      await vi.waitFor(() => printedBy(site(), 'doctor', 0), site().patience);
    });
  });
}

/** What is printed by `zaibei status` and `zaibei doctor` with `-o json`, as far as it is looked at. */
interface Printed {
  readonly peers?: readonly { readonly from: string; readonly to: string; readonly reachability: string }[];
  readonly checks?: readonly { readonly state: string; readonly where: string; readonly topic: string }[];
}

/** Runs a command that must end with a code. On a busy machine a centre may take longer than it waits: try again. */
async function printedBy(site: DeployedSite, command: 'status' | 'doctor', code: number): Promise<Printed> {
  const { exitCode, stdout, output } = await site.zaibei(`${command} -o json`);
  expect(exitCode, output).toBe(code);
  return JSON.parse(stdout) as Printed;
}

/** The last part of a token, without which it is none. */
function signatureIn(kubeconfig: string): string {
  return /"token":"[^".]+\.[^".]+\.([^"]+)"/.exec(kubeconfig)?.[1] ?? '';
}

async function reachableSince(centre: DeployedCentre, peer: string): Promise<string | undefined> {
  return (await centre.peers()).get(peer)?.reachability.since;
}
