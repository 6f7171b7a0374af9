import type { Selection } from '../../client/api-client.ts';
import type { ApiObject } from '../../objects/api-object.ts';
import type { ResourceType } from '../../objects/resource-type.ts';

/**
 * Whether a selection takes an object. Of labels it knows `name` and `name=value`, of fields `metadata.name=value`.
 * @throws RangeError for any other
 */
export function selects(
  { namespace, labelSelector = '', fieldSelector }: Selection,
  object: ApiObject,
): boolean {
  const { metadata } = object;
  if (namespace !== undefined && metadata.namespace !== namespace) return false;
  const field =
    fieldSelector === undefined ? undefined : /^metadata\.name=([^=,]+)$/.exec(fieldSelector)?.[1];
  if (fieldSelector !== undefined && field === undefined)
    throw new RangeError(`the server in memory does not know the field selector ${fieldSelector}`);
  if (field !== undefined && metadata.name !== field) return false;
  return labelSelector
    .split(',')
    .filter(Boolean)
    .every((term) => {
      const [, label = '', value] = /^([^=!() ]+)(?:=([^=]*))?$/.exec(term) ?? [];
      if (label === '') throw new RangeError(`the server in memory does not know the label selector ${term}`);
      const found = metadata.labels?.[label];
      return value === undefined ? found !== undefined : found === value;
    });
}

/** Whether an object is of a type. */
export function isOf(type: ResourceType, object: ApiObject): boolean {
  return object.kind === type.kind && object.apiVersion === type.apiVersion;
}
