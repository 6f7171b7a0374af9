import { down } from '../lab/commands/down.ts';
import { status } from '../lab/commands/status.ts';
import { up } from '../lab/commands/up.ts';
import { stateDirectory } from '../lab/instance-record.ts';
import { type Progress, QUIET } from '../lab/progress.ts';
import { deploySite, destroySite } from '../lab/site/deploy.ts';
import { requireToolchain } from '../lab/toolchain/toolchain.ts';
import { type Figure, spread } from './result.ts';

/** An instance of the benchmark's own, so that it starts from nothing and disturbs nobody's lab. */
const INSTANCE = 'bench';

/** Seconds of each phase, and the memory of each centre in MiB. */
type Samples = Record<
  'start' | 'deploy' | 'startToDeployed' | 'redeploy' | 'destroy' | 'down' | 'memoryPerCentre',
  number[]
>;

/**
 * From nothing to three ready centres with the site deployed, a second deployment that changes nothing, and back to
 * nothing. The toolchain is warm: building it is not what a person waits for every day.
 */
export async function benchLab(rounds: number, progress: Progress): Promise<readonly Figure[]> {
  const toolchain = await requireToolchain();
  const state = stateDirectory();
  const samples: Samples = {
    start: [],
    deploy: [],
    startToDeployed: [],
    redeploy: [],
    destroy: [],
    down: [],
    memoryPerCentre: [],
  };
  const remove = (): Promise<boolean> => down({ name: INSTANCE, state, progress: QUIET, keep: false });
  await remove();
  try {
    for (let round = 1; round <= rounds; round += 1) {
      progress.say('bench', `round ${round} of ${rounds}`);
      const lab = await timed(samples.start, () => up({ name: INSTANCE, state, toolchain, progress: QUIET }));
      const options = { instance: lab.instance, toolchain, progress: QUIET };
      await timed(samples.deploy, () => deploySite(options));
      samples.startToDeployed.push((samples.start.at(-1) ?? 0) + (samples.deploy.at(-1) ?? 0));
      const { centres } = await status(lab.instance, lab.machines);
      // A centre whose memory cannot be read is left out; without any, spread() refuses to make a figure of nothing.
      const measured = centres.flatMap(({ memoryBytes }) => memoryBytes ?? []);
      samples.memoryPerCentre.push(...measured.map((bytes) => bytes / 2 ** 20));
      await timed(samples.redeploy, () => deploySite(options));
      await timed(samples.destroy, () => destroySite(options));
      await timed(samples.down, remove);
    }
  } finally {
    // A round that failed must not leave three centres running.
    await remove();
  }
  return [
    { name: 'nothing to three Ready centres', unit: 's', value: spread(samples.start), budget: 90 },
    { name: 'nothing to deployed', unit: 's', value: spread(samples.startToDeployed), budget: 150 },
    { name: "cdktf deploy '*'", unit: 's', value: spread(samples.deploy) },
    { name: "cdktf deploy '*' without changes", unit: 's', value: spread(samples.redeploy) },
    { name: "cdktf destroy '*'", unit: 's', value: spread(samples.destroy) },
    { name: 'lab down', unit: 's', value: spread(samples.down) },
    { name: 'memory of a centre, with file cache', unit: 'MiB', value: spread(samples.memoryPerCentre, 0) },
  ];
}

/** Seconds that an action took, added to `into`. */
async function timed<T>(into: number[], action: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await action();
  into.push((performance.now() - started) / 1000);
  return result;
}
