import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Progress } from '../../lab/progress.ts';
import { requirePrograms } from '../../lab/toolchain/toolchain.ts';
import { datasetKind } from '../../operators/api/index.ts';
import { BUNDLE, bundleOperator } from '../../operators/bundle.ts';
import { EXIT, resourceTypeOf } from '../../operators/runtime/index.ts';
import { ControlPlane } from '../control-plane/control-plane.ts';
import { type Keep, withOpened } from '../opened.ts';
import { FilledCluster } from '../operator/filled-cluster.ts';
import { JudgedObjects } from '../operator/judged-objects.ts';
import { largeSite } from '../operator/large-site.ts';
import { spread, type Figure } from '../result.ts';
import { Churn, NUMBERS } from './churn.ts';
import { compareThirds } from './growth.ts';
import { Replicas } from './replicas.ts';

/** Time between two samples, in milliseconds: a metrics page is as old at most. */
const SAMPLE_EVERY = 5_000;

/** A replica has been read, compiled and filled so many samples after the last fault: a minute. What comes then is compared. */
const SETTLED_AFTER = 12;

/** Samples between two lines of progress. */
const REPORT_EVERY = 12;

/**
 * Two replicas of the operator on a real API server whose objects change ten times a second. After a tenth of the time the leader
 * is killed, after a fifth of it the API server: what these leave for good, such as series of errors that nobody had met before
 * and all that a leader has and a standby has not, is there before anything is compared. In the end everything there is must have
 * been judged, and no replica that has lived since then may have grown.
 */
export async function soakOperator(minutes: number, progress: Progress): Promise<readonly Figure[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'zaibei-bench-'));
  try {
    await bundleOperator(folder);
    return await withOpened((keep) => soak({ bundle: path.join(folder, BUNDLE), minutes, progress }, keep));
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface SoakParts {
  readonly bundle: string;
  readonly minutes: number;
  readonly progress: Progress;
}

async function soak({ bundle, minutes, progress }: SoakParts, keep: Keep): Promise<readonly Figure[]> {
  const plane = keep(await ControlPlane.start(await requirePrograms()));
  const cluster = keep(await FilledCluster.open(plane));
  const site = await largeSite(NUMBERS);
  await cluster.deploy(plane, site, resourceTypeOf(datasetKind));
  const replicas = keep(new Replicas({ plane, bundle }));
  await replicas.start();
  await replicas.start();
  await replicas.untilLed(60);

  const churn = new Churn(cluster, site);
  const enough = new AbortController();
  const churning = churn.run(enough.signal);
  const samples = Math.ceil((minutes * 60_000) / SAMPLE_EVERY);
  const takeovers: number[] = [];
  const [killAt, crashAt] = [Math.ceil(samples / 10), Math.ceil(samples / 5)];
  for (let number = 1; number <= samples; number += 1) {
    const next = pause(SAMPLE_EVERY);
    await replicas.sample();
    if (number % REPORT_EVERY === 0)
      progress.say('soak', `${number} of ${samples} samples, ${churn.summary}`);
    if (number === killAt) {
      const seconds = await replicas.killLeader();
      takeovers.push(seconds);
      progress.say('soak', `leader killed; another after ${seconds.toFixed(1)} s`);
    }
    if (number === crashAt)
      progress.say('soak', `API server killed; back after ${(await plane.crashApiServer()).toFixed(1)} s`);
    await next;
  }
  enough.abort();
  await churning;
  progress.say('soak', `${churn.summary}; waiting until everything is judged`);
  const judged = keep(await JudgedObjects.follow(cluster.client));
  await judged.untilJudged(churn.present, 60);
  return [
    { name: 'from the death of a leader to the next', unit: 's', value: spread(takeovers), budget: 20 },
    ...compareReplicas(replicas, samples - crashAt - SETTLED_AFTER),
  ];
}

/** @param calm how many samples there are of a replica that lived when the faults were over and settled */
function compareReplicas({ all }: Replicas, calm: number): readonly Figure[] {
  const broken = all.filter(({ end }) => end === EXIT.defect);
  if (broken.length > 0) throw new Error(`${broken.map(({ pod }) => pod).join(', ')} ended by a defect`);
  const lasting = all.filter(({ end, samples }) => end === undefined && samples.length >= calm);
  if (lasting.length === 0) throw new Error('no replica has lived since the faults');
  return lasting.flatMap(({ pod, samples }) => compareThirds(pod, samples.slice(-calm)));
}
