import type { ObjectReference } from './journal-record.ts';

/** An object of a cluster, as far as a record names it. */
export interface NamedObject {
  readonly kind: string;
  readonly metadata: {
    readonly namespace?: string | undefined;
    readonly name: string;
    readonly uid: string;
    readonly generation?: number | undefined;
  };
}

/** How a record names an object, and which version of it. */
export function referenceTo({ kind, metadata }: NamedObject): ObjectReference {
  const { namespace, name, uid, generation } = metadata;
  return {
    kind,
    name,
    uid,
    // A record has no empty members.
    ...(namespace !== undefined && { namespace }),
    ...(generation !== undefined && { generation }),
  };
}
