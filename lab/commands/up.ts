import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cgroupLayout } from '../centre/cgroups.ts';
import { raiseInotifyLimit } from '../centre/inotify-limit.ts';
import { adminAccess } from '../centre/issue-certificates.ts';
import { kubeconfig } from '../centre/kubeconfig.ts';
import type { Machine, VolumeOptions } from '../centre/machine.ts';
import { powerOn, prepareDisk } from '../centre/power.ts';
import { findFirstProcess } from '../centre/processes.ts';
import { awaitReady } from '../centre/readiness.ts';
import { HostUnfitError, NetworkInUseError, NotRootError, UsageError } from '../errors.ts';
import type { LabInstance } from '../instance.ts';
import { freeMebibytes, writingState } from '../instance-folder.ts';
import { takeInstanceLock } from '../instance-lock.ts';
import {
  chooseSlot,
  instanceOf,
  type InstanceRecord,
  listRecords,
  newRecord,
  readRecord,
  writeRecord,
} from '../instance-record.ts';
import { machinesOf } from '../known-instance.ts';
import { takeLock } from '../lock.ts';
import { raiseBridge } from '../network/centre-network.ts';
import { findConflicts } from '../network/conflicts.ts';
import { listAddresses, listLinks, listRoutes } from '../network/ip.ts';
import type { Progress } from '../progress.ts';
import { DiskFullError } from '../state-errors.ts';
import type { Toolchain } from '../toolchain/toolchain.ts';

/** What to start. */
export interface UpOptions {
  readonly name: string;
  /** Folder of all instances. */
  readonly state: string;
  readonly toolchain: Toolchain;
  readonly progress: Progress;
  /** Decides the addresses; chosen when not given. Only looked at when the instance is new, as are the next two. */
  readonly slot?: number;
  readonly centres?: readonly string[];
  readonly volumes?: VolumeOptions;
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

/** Disk that a centre takes at its start, in MiB: images are links, etcd is small. */
const DISK_PER_CENTRE = 300;

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
    const record = await recordFor(options);
    const instance = instanceOf(state, record);
    const machines = machinesOf({ instance, record }, options.toolchain);
    const off = machines.filter((machine) => findFirstProcess(machine.centre.namespace) === undefined);
    if (off.length > 0) {
      await checkHost(instance, off.length);
      const raised = raiseInotifyLimit();
      if (raised !== undefined) progress.say(name, raised);
      await raiseBridge(instance);
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

/** The instance as it was written down, or a new one with a slot that nobody else has. */
async function recordFor({ name, state, slot, centres, volumes }: UpOptions): Promise<InstanceRecord> {
  const known = await readRecord(state, name);
  if (known !== undefined) {
    refuseOtherShape(known, slot, centres);
    return known;
  }
  const slots = await takeLock(`slots of ${state}`, { holder: 'lab up' });
  try {
    const record = newRecord(name, chooseSlot(name, await listRecords(state), slot), {
      ...(centres === undefined ? {} : { centres }),
      ...(volumes === undefined ? {} : { volumes }),
    });
    await refuseConflicts(instanceOf(state, record));
    const needed = record.centres.length * DISK_PER_CENTRE;
    await writingState(state, needed, () => writeRecord(state, record));
    return record;
  } finally {
    await slots.release();
  }
}

/** What decides addresses and centres cannot change while there is data of them. */
function refuseOtherShape(known: InstanceRecord, slot?: number, centres?: readonly string[]): void {
  const has = (what: string): never => {
    throw new UsageError(
      `Instance "${known.name}" exists and has ${what}. To change that, take it down first.`,
    );
  };
  if (slot !== undefined && slot !== known.slot) has(`slot ${known.slot}`);
  if (centres !== undefined && centres.join() !== known.centres.join())
    has(`centres ${known.centres.join(', ')}`);
}

async function checkHost(instance: LabInstance, centres: number): Promise<void> {
  cgroupLayout();
  if (!existsSync('/proc/sys/net/bridge')) {
    throw new HostUnfitError([
      'no bridge packet filter in this kernel: load it with `modprobe br_netfilter`',
    ]);
  }
  await refuseConflicts(instance);
  const free = await freeMebibytes(instance.directory);
  const needed = centres * DISK_PER_CENTRE;
  if (free < needed) throw new DiskFullError(instance.directory, free, needed);
}

async function refuseConflicts(instance: LabInstance): Promise<void> {
  const [links, addresses, routes] = await Promise.all([listLinks(), listAddresses(), listRoutes()]);
  const conflicts = findConflicts(instance, { links, addresses, routes });
  if (conflicts.length > 0) throw new NetworkInUseError(instance.name, conflicts);
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
