import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { claimAddresses, DISK_PER_CENTRE, refuseConflicts, type WantedInstance } from '../address-claim.ts';
import { cgroupLayout } from '../centre/cgroups.ts';
import { raiseInotifyLimit } from '../centre/inotify-limit.ts';
import { adminAccess } from '../centre/issue-certificates.ts';
import { kubeconfig } from '../centre/kubeconfig.ts';
import type { Machine } from '../centre/machine.ts';
import { powerOn, prepareDisk } from '../centre/power.ts';
import { findFirstProcess } from '../centre/processes.ts';
import { awaitReady } from '../centre/readiness.ts';
import { HostUnfitError, NotRootError } from '../errors.ts';
import type { LabCentre, LabInstance } from '../instance.ts';
import { freeMebibytes } from '../instance-folder.ts';
import { takeInstanceLock } from '../instance-lock.ts';
import { type KnownInstance, machinesOf } from '../known-instance.ts';
import { raiseBridge } from '../network/centre-network.ts';
import type { HostNetwork } from '../network/conflicts.ts';
import { listAddresses, listLinks, listRoutes } from '../network/ip.ts';
import type { Progress } from '../progress.ts';
import { DiskFullError } from '../state-errors.ts';
import type { Toolchain } from '../toolchain/toolchain.ts';

/** What to start. */
export interface UpOptions extends WantedInstance {
  readonly toolchain: Toolchain;
  readonly progress: Progress;
  /** Stops waiting; what has been started goes on. */
  readonly signal?: AbortSignal;
}

/** An instance all of whose centres are ready. */
export interface RunningLab {
  readonly instance: LabInstance;
  readonly machines: readonly Machine[];
  /** Whether everything was running before. */
  readonly alreadyUp: boolean;
}

/**
 * Starts an instance, or what is missing of it, and waits until every centre is ready for workloads. An interrupted
 * start is continued; a running one is left alone.
 * @throws LabError with a code for everything that can be in the way; see errors.ts and state-errors.ts
 */
export async function up(options: UpOptions): Promise<RunningLab> {
  const { name, state, progress, signal } = options;
  if (process.getuid?.() !== 0) throw new NotRootError();
  const lock = await takeInstanceLock(
    { name, directory: path.join(state, name) },
    'lab up',
    progress,
    signal,
  );
  try {
    const known = await claimAddresses(options, { network: hostNetwork, occupy }, signal);
    const { instance } = known;
    const machines = machinesOf(known, options.toolchain);
    const off = machines.filter(({ centre }) => isOff(centre));
    if (off.length > 0) {
      const raised = raiseInotifyLimit();
      if (raised !== undefined) progress.say(name, raised);
      progress.say(name, `starting ${off.map((machine) => machine.centre.name).join(', ')}`);
      // All disks first: what has power already would take the processor from those that come after it.
      await Promise.all(off.map(prepareDisk));
      // One after the other: a link is made by whichever of its two centres comes second.
      for (const machine of off) await powerOn(machine);
    }
    await writeKubeconfig(instance, machines);
    await Promise.all(
      machines.map((machine) =>
        awaitReady(
          machine,
          (milestone) => {
            if (off.includes(machine)) progress.say(machine.centre.name, `${milestone} is up`);
          },
          signal,
        ),
      ),
    );
    return { instance, machines, alreadyUp: off.length === 0 };
  } finally {
    await lock.release();
  }
}

/** Raises the bridge of an instance that has not all of its centres running, on a machine that can have them. */
async function occupy({ instance }: KnownInstance): Promise<void> {
  const off = instance.centres.filter(isOff);
  if (off.length === 0) return;
  await checkHost(instance, off.length);
  await raiseBridge(instance);
}

function isOff({ namespace }: LabCentre): boolean {
  return findFirstProcess(namespace) === undefined;
}

async function checkHost(instance: LabInstance, centres: number): Promise<void> {
  cgroupLayout();
  if (!existsSync('/proc/sys/net/bridge')) {
    throw new HostUnfitError([
      'no bridge packet filter in this kernel: load it with `modprobe br_netfilter`',
    ]);
  }
  refuseConflicts(instance, await hostNetwork());
  const free = await freeMebibytes(instance.directory);
  const needed = centres * DISK_PER_CENTRE;
  if (free < needed) throw new DiskFullError(instance.directory, free, needed);
}

async function hostNetwork(): Promise<HostNetwork> {
  const [links, addresses, routes] = await Promise.all([listLinks(), listAddresses(), listRoutes()]);
  return { links, addresses, routes };
}

/** One file with an admin context for each centre, for people and for Terraform. */
async function writeKubeconfig(instance: LabInstance, machines: readonly Machine[]): Promise<void> {
  const [first, ...others] = await Promise.all(machines.map(adminAccess));
  if (first === undefined) return;
  const text = JSON.stringify(kubeconfig([first, ...others]), null, 2);
  await mkdir(instance.directory, { recursive: true });
  await writeFile(`${instance.kubeconfig}.new`, text, { mode: 0o600 });
  await rename(`${instance.kubeconfig}.new`, instance.kubeconfig);
}
