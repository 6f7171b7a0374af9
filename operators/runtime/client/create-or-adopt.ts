import { failedAs } from '../errors/api-error.ts';
import { OperatorError } from '../errors/retry.ts';
import { keyOf, type ApiObject, type NewObject } from '../objects/api-object.ts';
import type { ResourceType } from '../objects/resource-type.ts';
import type { ApiClient, CallOptions } from './api-client.ts';

/** The name that a child is to have belongs to something that is not ours. It is neither changed nor taken for ours. */
export class StrangerError extends OperatorError {
  static readonly code = 'ZB-API-021';
  /** One word for machines: the reason of the condition that cannot be true. */
  readonly reason = 'NameTaken';

  constructor(kind: string, key: string) {
    super(
      StrangerError.code,
      `${kind} ${key} is there already and is not the operator's: it has neither the owner nor the label it would have. ` +
        'Delete or rename it; it is looked at again.',
      { kind: 'backoff' },
    );
  }
}

/** How a child of ours is told from a stranger's. */
export interface AdoptOptions extends CallOptions {
  readonly fieldManager?: string;
  /** A label that also makes an object ours where its value is the same. Default: an owner in common alone does. */
  readonly label?: string | undefined;
}

/**
 * Creates a child whose name says what it is for (a Dataset and a slot), or takes the one that is there: a restart, a change
 * of leader, a retry after an answer that was lost all find the same child.
 * @returns the child, and whether it was made now
 * @throws StrangerError when the name is taken by what is not ours; ApiError
 */
export async function createOrAdopt<T extends ApiObject>(
  client: ApiClient,
  type: ResourceType<T>,
  child: NewObject,
  { label, ...options }: AdoptOptions = {},
): Promise<{ readonly object: T; readonly created: boolean }> {
  for (let last = false; ; last = true) {
    try {
      return { object: await client.create(type, child, options), created: true };
    } catch (error) {
      if (!failedAs(error, 'AlreadyExists')) throw error;
      const object = await client.find(type, keyOf(child), options);
      if (object !== undefined) {
        if (isOurs(object, child, label)) return { object, created: false };
        throw new StrangerError(type.kind, keyOf(child));
      }
      // Gone between the two calls: its name is free again. That this happens twice is for the back-off.
      if (last) throw error;
    }
  }
}

function isOurs(found: ApiObject, child: NewObject, label: string | undefined): boolean {
  const owners = new Set(found.metadata.ownerReferences?.map(({ uid }) => uid));
  if (child.metadata.ownerReferences?.some(({ uid }) => owners.has(uid)) === true) return true;
  const value = label === undefined ? undefined : child.metadata.labels?.[label];
  return label !== undefined && value !== undefined && found.metadata.labels?.[label] === value;
}
