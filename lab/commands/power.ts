import { powerOff, powerOn } from '../centre/power.ts';
import type { Machine } from '../centre/machine.ts';
import { findFirstProcess } from '../centre/processes.ts';
import { awaitReady } from '../centre/readiness.ts';
import { LeftBehindError, NotRootError } from '../errors.ts';
import { takeInstanceLock } from '../instance-lock.ts';
import { raiseBridge } from '../network/centre-network.ts';
import type { Progress } from '../progress.ts';

/**
 * Turns one centre on and waits until it is ready for workloads; its disks are as they were.
 * @returns whether it was off
 */
export async function switchOn(machine: Machine, progress: Progress, signal?: AbortSignal): Promise<boolean> {
  if (process.getuid?.() !== 0) throw new NotRootError();
  const lock = await takeInstanceLock(machine.instance, 'lab power on', progress);
  try {
    const wasOff = findFirstProcess(machine.centre.namespace) === undefined;
    await raiseBridge(machine.instance);
    await powerOn(machine);
    await awaitReady(
      machine,
      (milestone) => {
        if (wasOff) progress.say(machine.centre.name, `${milestone} is up`);
      },
      signal,
    );
    return wasOff;
  } finally {
    await lock.release();
  }
}

/**
 * Pulls the plug of one centre: no program in it gets a chance to say goodbye.
 * @returns whether it was on
 * @throws LeftBehindError when something of it could not be ended
 */
export async function switchOff({ instance, centre }: Machine, progress: Progress): Promise<boolean> {
  if (process.getuid?.() !== 0) throw new NotRootError();
  const lock = await takeInstanceLock(instance, 'lab power off', progress);
  try {
    const wasOn = findFirstProcess(centre.namespace) !== undefined;
    const left = await powerOff(centre.namespace);
    if (left.length > 0)
      throw new LeftBehindError(instance.name, `Centre ${centre.name}`, `power off ${centre.name}`, left);
    return wasOn;
  } finally {
    await lock.release();
  }
}
