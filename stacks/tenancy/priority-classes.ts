import type { V1PriorityClass } from '@kubernetes/client-node';
import type { KubernetesObject } from '../render/kubernetes-object.ts';

/** Priority of a backup run: the lowest of ours, above the 0 of pods that name no class. */
export const BACKUP_PRIORITY = 100_000;

/**
 * Who gives way when a centre is full: the operator last, restores before backups (a restore never queues behind a
 * backup), and a backup never pushes anybody else out.
 */
export function priorityClasses(): KubernetesObject<V1PriorityClass>[] {
  return [
    priorityClass('zaibei-operator', 1_000_000, 'The operator of a centre.'),
    priorityClass('zaibei-replica', 900_000, 'Replicas of the real-time leg; homes after a takeover.'),
    priorityClass('zaibei-restore', 800_000, 'Restores and their verification.'),
    {
      ...priorityClass('zaibei-backup', BACKUP_PRIORITY, 'Runs of the timed leg.'),
      preemptionPolicy: 'Never',
    },
  ];
}

function priorityClass(name: string, value: number, description: string): KubernetesObject<V1PriorityClass> {
  return {
    apiVersion: 'scheduling.k8s.io/v1',
    kind: 'PriorityClass',
    metadata: { name },
    value,
    description,
  };
}
