import { admissionPolicy, inNamespacesFor, type AdmissionPolicy } from './admission-policy.ts';
import { BACKUP_PRIORITY } from './priority-classes.ts';

/**
 * No pod of a tenant pushes out what protects the data. A pod's class is anybody's to name, so that one of
 * `system-node-critical` in a department would evict the operator, or DNS. Judged is the number that the API server has
 * looked up for the class, so that no class is forgotten, and a cluster's own default may stand. The rule is asked of
 * pods, whatever controller made them.
 */
export function tenantPriority(): AdmissionPolicy {
  return admissionPolicy('zaibei-tenants-give-way', {
    // Class and priority of a pod never change.
    constraints: inNamespacesFor(['tenant'], 'pods', ['CREATE']),
    validations: [
      {
        expression: `!has(object.spec.priority) || object.spec.priority <= ${BACKUP_PRIORITY}`,
        message: `a pod of a tenant has at most the priority of a backup, ${BACKUP_PRIORITY}: leave priorityClassName out`,
      },
    ],
  });
}
