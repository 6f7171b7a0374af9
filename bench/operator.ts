import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Progress } from '../lab/progress.ts';
import { requirePrograms, type Toolchain } from '../lab/toolchain/toolchain.ts';
import { backupStoreKind, datasetKind } from '../operators/api/index.ts';
import { BUNDLE, bundleOperator } from '../operators/bundle.ts';
import { resourceTypeOf } from '../operators/runtime/index.ts';
import { ControlPlane } from './control-plane/control-plane.ts';
import { FilledCluster } from './operator/filled-cluster.ts';
import { JudgedObjects } from './operator/judged-objects.ts';
import { largeSite, type LargeSite } from './operator/large-site.ts';
import { MeasuredOperator } from './operator/measured-operator.ts';
import { measureFirstPass, measureIdleRuns, untilQuiet } from './operator/passes.ts';
import { benchQueue } from './operator/queue.ts';
import { measureRest, VERBS } from './operator/rest.ts';
import { measureStart } from './operator/start.ts';
import { measureWatching } from './operator/watching.ts';
import { type Keep, withOpened } from './opened.ts';
import { type Figure, spread } from './result.ts';

/** Datasets of the budgets. Each has a Placement too; backups are no kind yet, so none stand in the API. */
const DATASETS = 2_000;

/** What a round is measured with. */
interface RoundParts {
  readonly toolchain: Toolchain;
  readonly bundle: string;
  readonly site: LargeSite;
  readonly progress: Progress;
}

/** The operator as its image has it, on a real API server with {@link DATASETS} datasets, from nothing in every round. */
export async function benchOperator(rounds: number, progress: Progress): Promise<readonly Figure[]> {
  const toolchain = await requirePrograms();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'zaibei-bench-'));
  try {
    progress.say('bench', 'the work queue');
    const queue = await benchQueue(rounds);
    await bundleOperator(folder);
    const parts = { toolchain, bundle: path.join(folder, BUNDLE), site: await largeSite(DATASETS), progress };
    const measured = [];
    for (let round = 1; round <= rounds; round += 1) {
      progress.say('bench', `round ${round} of ${rounds}`);
      measured.push(await withOpened((keep) => measureRound(parts, keep)));
    }
    return [...figuresOf(measured), ...queue];
  } finally {
    await rm(folder, { recursive: true });
  }
}

type Measured = Awaited<ReturnType<typeof measureRound>>;

async function measureRound({ toolchain, bundle, site, progress }: RoundParts, keep: Keep) {
  const plane = keep(await ControlPlane.start(toolchain));
  const cluster = keep(await FilledCluster.open(plane));
  const start = await measureStart({ plane, bundle });
  progress.say('bench', `writing ${DATASETS} datasets`);
  await cluster.deploy(plane, site, resourceTypeOf(datasetKind));

  progress.say('bench', 'first pass');
  const judged = keep(await JudgedObjects.follow(cluster.client));
  const operator = keep(await MeasuredOperator.start({ plane, bundle }));
  const firstPass = await measureFirstPass(operator, judged, DATASETS);
  progress.say('bench', 'runs without anything to do');
  const idleRuns = await measureIdleRuns(operator, DATASETS, () => touchStore(cluster, site));
  progress.say('bench', 'at rest, for a minute');
  await untilQuiet(operator);
  const rest = await measureRest(operator);
  await operator.stop();

  progress.say('bench', 'list and watch, beside kubectl');
  const { kubectl } = toolchain.programs;
  const watching = await measureWatching({ plane, cluster, site, kubectl });
  return { ...start, ...firstPass, ...idleRuns, ...rest, ...watching };
}

/** Gives a store another contact: all datasets are looked at, since one of them might be kept there, and none changes. */
async function touchStore(cluster: FilledCluster, { surroundings }: LargeSite): Promise<void> {
  const [type, store] = surroundings.find(([{ kind }]) => kind === backupStoreKind.kind) ?? [];
  if (type === undefined || store === undefined) throw new Error('the site has no store');
  const { owner, ...spec } = (store as typeof store & { spec: { owner: object } }).spec; // every store has an owner
  const touched = { ...store, spec: { ...spec, owner: { ...owner, contact: 'another desk' } } };
  await cluster.apply(type, touched);
}

function figuresOf(measured: readonly Measured[]): readonly Figure[] {
  const figure = (
    name: string,
    unit: string,
    pick: (round: Measured) => number,
    { digits = 1, ...bound }: Pick<Figure, 'budget' | 'atLeast'> & { readonly digits?: number } = {},
  ): Figure => ({ name, unit, value: spread(measured.map(pick), digits), ...bound });
  const objects = `${DATASETS} datasets`;
  return [
    figure('start to the first line', 's', (round) => round.firstLine, { digits: 2 }),
    figure('start to health served', 's', (round) => round.listening, { digits: 2, budget: 0.3 }),
    figure('  of it CPU', 's', (round) => round.startCpu, { digits: 2 }),
    figure('memory before sync', 'MiB', (round) => round.memoryBeforeSync, { budget: 90 }),
    figure(`first pass of ${objects}, from start`, 's', (round) => round.firstPass, { budget: 20 }),
    figure('  of it CPU', 's', (round) => round.firstPassCpu),
    figure('runs that change nothing', '/s of CPU', (round) => round.idleRuns, { digits: 0, atLeast: 300 }),
    figure(`at rest with ${objects}: memory`, 'MiB', (round) => round.memory, { budget: 200 }),
    figure('at rest: of a core', '%', (round) => round.processor, { digits: 2, budget: 2 }),
    figure('at rest: series', '', (round) => round.series, { digits: 0 }),
    ...VERBS.map((verb) =>
      figure(`at rest: calls to ${verb}`, '/min', (round) => round.calls[verb], {
        ...(verb === 'apply-status' && { budget: 1 }),
      }),
    ),
    figure(`list of ${objects}: CPU`, 's', (round) => round.listCpu, { digits: 2 }),
    figure('  the same by kubectl', 's', (round) => round.kubectlListCpu, { digits: 2 }),
    figure('  ratio', '', (round) => round.listCpu / round.kubectlListCpu, { digits: 2 }),
    figure(`watch of ${DATASETS} changes: CPU`, 's', (round) => round.watchCpu, { digits: 2 }),
    figure('  the same by kubectl', 's', (round) => round.kubectlWatchCpu, { digits: 2 }),
    figure('  ratio', '', (round) => round.watchCpu / round.kubectlWatchCpu, { digits: 2 }),
    figure('list and watch: most memory', 'MiB', (round) => round.watchingMemory, { digits: 0 }),
    figure('  the same by kubectl', 'MiB', (round) => round.kubectlMemory, { digits: 0 }),
  ];
}
