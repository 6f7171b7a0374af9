import type { Condition } from '../../api/index.ts';

/** Conditions as `Type=Status Reason`, in their order, but for what changes from run to run. */
export function told(conditions: readonly Condition[] = []): string[] {
  return conditions.map(({ type, status, reason }) => `${type}=${status} ${reason}`);
}
