import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CentreDeadlineError, ComponentFailingError } from '../errors.ts';
import { ApiServer } from './api-server.ts';
import { isAnyPodReady, isNodeReady } from './freshness.ts';
import type { Machine } from './machine.ts';
import { initLog } from './power.ts';
import { findFirstProcess } from './processes.ts';
import type { SupervisorState } from './supervisor.ts';

/** How far a centre has got, in the order in which it gets there. */
export const MILESTONES = ['power', 'control plane', 'node', 'cluster DNS'] as const;

/** `power`: its first process runs. `control plane`: the API answers. `node`: pods can run. `cluster DNS`: they find each other. */
export type Milestone = (typeof MILESTONES)[number];

/**
 * How far the centre has got by now; undefined without power. What the API says from before the power came on is not
 * counted, see freshness.ts.
 */
export async function lookAt(machine: Machine, api: ApiServer): Promise<Milestone | undefined> {
  if (findFirstProcess(machine.centre.namespace) === undefined) return undefined;
  const supervisor = await readSupervisorState(machine);
  if (supervisor === undefined || (await api.ready()) !== true) return 'power';
  try {
    if (!(await nodeReady(machine, api, supervisor.poweredOnAt))) return 'control plane';
    return (await dnsReady(api, supervisor.poweredOnAt)) ? 'cluster DNS' : 'node';
  } catch {
    return 'control plane';
  }
}

async function nodeReady({ centre }: Machine, api: ApiServer, since: string): Promise<boolean> {
  const { status, body } = await api.send({ path: `/api/v1/nodes/${centre.nodeName}` });
  return status === 200 && isNodeReady(body, since);
}

async function dnsReady(api: ApiServer, since: string): Promise<boolean> {
  const path = '/api/v1/namespaces/kube-system/pods?labelSelector=k8s-app%3Dkube-dns';
  const { status, body } = await api.send({ path });
  return status === 200 && isAnyPodReady(body, since);
}

/** Seconds after which a centre that is not ready is given up. A cold disk and a busy machine take a tenth of it. */
const DEADLINE_SECONDS = 240;

/** Starts after which a component counts as failing, if it has not been running for a while since. */
const TOO_MANY_STARTS = 4;

/**
 * Waits until the centre is ready for workloads.
 * @param onMilestone told each milestone as it is reached
 * @throws ComponentFailingError as soon as one of its components keeps ending
 * @throws CentreDeadlineError
 */
export async function awaitReady(
  machine: Machine,
  onMilestone: (milestone: Milestone) => void,
  signal?: AbortSignal,
): Promise<void> {
  const api = new ApiServer(machine);
  const started = performance.now();
  let reached = 0;
  try {
    for (;;) {
      signal?.throwIfAborted();
      const milestone = await lookAt(machine, api);
      const index = milestone === undefined ? -1 : MILESTONES.indexOf(milestone);
      for (const name of MILESTONES.slice(reached, index + 1)) onMilestone(name);
      reached = Math.max(reached, index + 1);
      if (reached === MILESTONES.length) return;
      await throwIfFailing(machine, milestone, performance.now() - started);
      if (performance.now() - started > DEADLINE_SECONDS * 1000) {
        const awaited = MILESTONES[reached] ?? 'ready';
        const lastSeen = milestone ?? 'no power';
        throw new CentreDeadlineError(
          machine.instance.name,
          machine.centre.name,
          awaited,
          DEADLINE_SECONDS,
          lastSeen,
          machine.paths.logs,
        );
      }
      await pause(200);
    }
  } finally {
    api.close();
  }
}

/** What the supervisor of the centre last wrote; undefined before it has. */
export async function readSupervisorState({ paths }: Machine): Promise<SupervisorState | undefined> {
  if (!existsSync(paths.supervisorFile)) return undefined;
  return JSON.parse(await readFile(paths.supervisorFile, 'utf8')) as SupervisorState; // written by Supervisor, in one step
}

async function throwIfFailing(
  machine: Machine,
  milestone: Milestone | undefined,
  waited: number,
): Promise<void> {
  const fail = async (component: string, starts: number, file: string): Promise<never> => {
    throw new ComponentFailingError(
      machine.instance.name,
      machine.centre.name,
      component,
      starts,
      await lastLines(file),
      file,
    );
  };
  // A process needs a moment before it is number 1 of its namespace.
  if (milestone === undefined && waited > 5_000) await fail('init', 1, initLog(machine));
  for (const { name, starts, running, since } of (await readSupervisorState(machine))?.components ?? []) {
    const steady = running && Date.now() - Date.parse(since) > 15_000;
    if (starts >= TOO_MANY_STARTS && !steady) {
      await fail(name, starts, path.join(machine.paths.logs, `${name}.log`));
    }
  }
}

async function lastLines(file: string, count = 12): Promise<string> {
  if (!existsSync(file)) return '(no log)';
  return (await readFile(file, 'utf8')).trimEnd().split('\n').slice(-count).join('\n');
}
