import { describe, expect, inject, it, vi } from 'vitest';
import { datasetKind, type Dataset } from '../../operators/api/kinds/dataset.ts';
import { placementKind, type Placement } from '../../operators/api/kinds/placement.ts';
import { KINDS } from '../../operators/api/kinds/registry.ts';
import type { Deployed, DeployedCentre } from '../testing/deployed-centre.ts';
import type { DeployedSite } from '../testing/deployed-site.ts';
import { fineTable, peerTable } from '../testing/peer-table.ts';
import { typeWell } from '../testing/typed-command.ts';

/** What is printed by `zaibei doctor -o json`, as far as it is held against the centres. */
interface Diagnosis {
  readonly checks: readonly { readonly state: string; readonly where: string; readonly what: string }[];
}

/** What is printed by `zaibei status -o json`, as far as it is held against the centres. */
interface StatusReport {
  readonly centres: readonly object[];
  readonly peers: readonly { readonly from: string; readonly to: string; readonly reachability: string }[];
  readonly placements: readonly { readonly group: string }[];
  readonly datasets: readonly { readonly name: string; readonly phase: string }[];
}

/** The operators of a healthy deployment do what they are for, and the command line tells the truth of them. */
export function operatorsAtWork(site: () => DeployedSite): void {
  describe('the operators of three centres', () => {
    it('read each other, and find that they want the same', async () => {
      const { centres } = site();
      await vi.waitFor(async () => {
        expect(await peerTable(centres)).toEqual(fineTable(centres));
      }, site().patience);
    });

    it('leave the doctor nothing to complain of, and what he says is so', async () => {
      // Again and again: on a busy machine a centre may take longer than the doctor waits, and he says so.
      await vi.waitFor(async () => {
        const { exitCode, stdout, output } = await site().zaibei('doctor --lang en -o json');
        expect(exitCode, output).toBe(0);
        const { checks } = JSON.parse(stdout) as Diagnosis;
        expect(checks.filter(({ state }) => state !== 'ok')).toEqual([]);
        for (const centre of site().centres) {
          const said = checks.filter(({ where }) => where === centre.name).map(({ what }) => what);
          for (const fact of await factsOf(centre))
            expect(said).toContainEqual(expect.stringContaining(fact));
        }
      }, site().patience);
    });

    it('are shown by status as they stand, and their documents as the API servers have them', async () => {
      const report = await vi.waitFor(async () => {
        const { exitCode, stdout } = await site().zaibei('status -o json');
        // Nothing copies yet, so everything is unprotected: a finding.
        expect(exitCode).toBe(1);
        const read = JSON.parse(stdout) as StatusReport;
        const well = { answers: true, operator: 'Running', ready: 'True', complaints: [] };
        expect(read.centres).toMatchObject(site().centres.map(({ name }) => ({ name, ...well })));
        return read;
      }, site().patience);
      expect(report.peers).toHaveLength(6);
      for (const peer of report.peers)
        expect(peer).toMatchObject({ reachability: 'Reachable', agreement: 'Agrees' });

      const documents = await site().centre('production').documents([placementKind, datasetKind]);
      const placements = documents.filter(
        (found): found is Deployed<Placement> => found.kind === 'Placement',
      );
      const shown = placements.map(({ metadata: { namespace = '' }, spec: { group, home, epoch } }) => {
        return {
          group: `${namespace}/${group}`,
          home,
          epoch,
          asDesigned: 'True',
          differing: [],
          unknown: [],
        };
      });
      expect(report.placements).toMatchObject(shown);
      const datasets = documents.filter((found): found is Deployed<Dataset> => found.kind === 'Dataset');
      expect(report.datasets.map(({ name, phase }) => `${name} ${phase}`).sort()).toEqual(
        datasets
          .map(
            ({ metadata: { namespace = '', name }, status }) => `${namespace}/${name} ${status?.phase ?? ''}`,
          )
          .sort(),
      );
    });

    it("serve, leader and standby, metrics that satisfy Prometheus' own checker", async () => {
      const centre = site().centre('remote-dr');
      const pods = await centre.operators();
      const pages = await Promise.all(pods.map(({ metadata }) => centre.metricsPage(metadata?.name ?? '')));
      const { promtool } = inject('lab').toolchain.programs;
      for (const page of pages) await typeWell(`${promtool} check metrics`, undefined, page);
      const leading = pages.map((page) => /^zaibei_leader (\d)$/m.exec(page)?.[1]);
      expect(leading.sort()).toEqual(['0', '1']);
    });

    it('keep journals that hold, up to the heads that their peers have read', async () => {
      for (const centre of site().centres) {
        const folder = await centre.journalFolder();
        const heads = await Promise.all(
          site().centres.map(async (reader) => (await reader.peers()).get(centre.name)?.journal),
        );
        const known = heads.flatMap((head) => (head ? `--head ${head.digest}@${head.sequence}` : []));
        expect(known).toHaveLength(2);
        const { exitCode, output } = await site().zaibei(
          `journal verify --journal ${folder} --centre ${centre.name} ${known.join(' ')}`,
        );
        expect(exitCode, output).toBe(0);
      }
    });
  });
}

/** What the doctor must have found in a centre, found without him. */
async function factsOf(centre: DeployedCentre): Promise<string[]> {
  const version = JSON.parse(await centre.kubectl('get --raw /version')) as { gitVersion: string };
  const classes = await centre.kubectl('get storageclasses -o jsonpath={.items[*].metadata.name}');
  const crds = (await centre.kubectl('get crds -o name')).match(/\.zaibei\.io$/gm) ?? [];
  expect(crds).toHaveLength(KINDS.length);
  const peers = [...(await centre.peers()).values()];
  return [
    version.gitVersion,
    classes.split(' ').join(', '),
    ` ${crds.length} kinds`,
    'the operator is running',
    ...peers.map(
      ({ name, credentialsExpire = '' }) =>
        `zaibei-peer-${name}: good until ${credentialsExpire.slice(0, 'yyyy-mm-dd'.length)}`,
    ),
  ];
}
