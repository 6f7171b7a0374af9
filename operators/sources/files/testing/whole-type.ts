import type { ResourceType } from '../../../runtime/index.ts';

/** The type with all fields of each object: tests write more of them than the operator reads. */
export function wholeType(type: Omit<ResourceType, 'keep'>): ResourceType {
  return { ...type, keep: (parsed) => parsed };
}
