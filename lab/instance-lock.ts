import { refuseOtherState } from './centre/power-source.ts';
import type { LabInstance } from './instance.ts';
import { type Lock, takeLock } from './lock.ts';
import type { Progress } from './progress.ts';

/**
 * Makes this command the only one that changes the instance; says so when it has to wait for another. The name alone is
 * locked: whichever state folder a command is about, the names on the machine are the same.
 * @param holder what others are told: the command
 * @throws InstanceBusyError; OtherStateError when the instance runs from another state folder
 */
export async function takeInstanceLock(
  instance: Pick<LabInstance, 'name' | 'directory'>,
  holder: string,
  progress: Progress,
  signal?: AbortSignal,
): Promise<Lock> {
  const lock = await takeLock(`lab instance "${instance.name}"`, {
    holder,
    onWait: (other) => {
      progress.say(instance.name, `waiting for ${other}`);
    },
    ...(signal === undefined ? {} : { signal }),
  });
  try {
    refuseOtherState(instance.name, instance.directory);
    return lock;
  } catch (error) {
    await lock.release();
    throw error;
  }
}
