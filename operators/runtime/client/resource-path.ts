import { splitKey, type ObjectKey } from '../objects/api-object.ts';
import type { ResourceType } from '../objects/resource-type.ts';

/** Values of a query; those that are undefined are left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** Path of all objects of a type, or of those in one namespace. */
export function collectionPath(type: ResourceType, namespace?: string): string {
  // The oldest group has no name, and a root of its own.
  const root = type.apiVersion.includes('/') ? `/apis/${type.apiVersion}` : `/api/${type.apiVersion}`;
  const scope = namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${root}${scope}/${type.plural}`;
}

/**
 * Path of one object.
 * @throws RangeError when the key has a namespace and the type has none, or the other way round
 */
export function objectPath(type: ResourceType, key: ObjectKey, subresource?: 'status'): string {
  const { namespace, name } = splitKey(key);
  if ((namespace === undefined) !== (type.scope === 'Cluster'))
    throw new RangeError(`${type.kind} is ${type.scope}, which the key "${key}" is not`);
  const path = `${collectionPath(type, namespace)}/${encodeURIComponent(name)}`;
  return subresource === undefined ? path : `${path}/${subresource}`;
}

/** A path with its query. */
export function withQuery(path: string, query: Query): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) given.set(name, String(value));
  return given.size === 0 ? path : `${path}?${given.toString()}`;
}
