import type { ApiObject } from './api-object.ts';
import type { ResourceType } from './resource-type.ts';

/** An answer that is not the object it should be: something between us and the API server wrote it. */
export class NotAnObjectError extends Error {
  constructor(kind: string) {
    super(`a ${kind} with name and resourceVersion was expected`);
    this.name = 'NotAnObjectError';
  }
}

/**
 * Makes of parsed JSON what is kept of an object: `metadata.managedFields`, the larger part of many, is left out first.
 * Items of lists of built-in kinds say neither `apiVersion` nor `kind`, so these are filled in.
 * @throws NotAnObjectError
 */
export function readObject<T extends ApiObject>(type: ResourceType<T>, parsed: unknown): T {
  if (!isApiObject(parsed)) throw new NotAnObjectError(type.kind);
  // Not deleted: that would make a slow table of the object.
  const metadata = { ...parsed.metadata, managedFields: undefined };
  return type.keep({ ...parsed, apiVersion: type.apiVersion, kind: type.kind, metadata });
}

/** What identifies an object; whatever else it has is judged where it is used. */
function isApiObject(
  parsed: unknown,
): parsed is Pick<ApiObject, 'metadata'> & { metadata: { managedFields?: unknown } } {
  if (typeof parsed !== 'object' || parsed === null || !('metadata' in parsed)) return false;
  const { metadata } = parsed;
  if (typeof metadata !== 'object' || metadata === null) return false;
  return (
    'name' in metadata &&
    typeof metadata.name === 'string' &&
    'resourceVersion' in metadata &&
    typeof metadata.resourceVersion === 'string'
  );
}
