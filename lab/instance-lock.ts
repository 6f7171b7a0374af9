import type { LabInstance } from './instance.ts';
import { type Lock, takeLock } from './lock.ts';
import type { Progress } from './progress.ts';

/**
 * Makes this command the only one that changes the instance; says so when it has to wait for another.
 * @param holder what others are told: the command
 * @throws InstanceBusyError
 */
export function takeInstanceLock(
  instance: Pick<LabInstance, 'name' | 'directory'>,
  holder: string,
  progress: Progress,
  signal?: AbortSignal,
): Promise<Lock> {
  return takeLock(`lab instance "${instance.name}" in ${instance.directory}`, {
    holder,
    onWait: (other) => {
      progress.say(instance.name, `waiting for ${other}`);
    },
    ...(signal === undefined ? {} : { signal }),
  });
}
