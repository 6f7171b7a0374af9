import type { Resource } from '../../api/index.ts';
import { compareTexts } from '../../api/text/text-order.ts';

/** Metadata of an object as an API server holds it. */
export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string | undefined;
  readonly uid: string;
  /** Opaque: equal or not equal, never earlier or later. */
  readonly resourceVersion: string;
  /** Counts the changes of the spec; kinds without one have none. */
  readonly generation?: number | undefined;
  readonly creationTimestamp?: string | undefined;
  /** Set: the object is being deleted. */
  readonly deletionTimestamp?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly annotations?: Readonly<Record<string, string>> | undefined;
  readonly ownerReferences?: readonly OwnerReference[] | undefined;
}

/** Another object that this one goes with. */
export interface OwnerReference {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller?: boolean | undefined;
}

/** Any object as an API server holds it. */
export interface ApiObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

/** A document of one of our kinds as an API server holds it: `Live<Dataset>`. Its spec is as old as the CRD it was written under. */
export type Live<R extends Resource> = Omit<R, 'metadata'> & { readonly metadata: ObjectMeta };

/** An object as it is written: it has no version yet. Kinds with other fields than these have them too. */
export interface NewObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string | undefined;
    /** Exactly this version of the object, or a conflict: nothing is written over what was not read. Not on creation. */
    readonly resourceVersion?: string | undefined;
    readonly labels?: Readonly<Record<string, string>> | undefined;
    readonly annotations?: Readonly<Record<string, string>> | undefined;
    readonly ownerReferences?: readonly OwnerReference[] | undefined;
  };
  readonly spec?: unknown;
}

/** Which object of a kind: `namespace/name`, or `name` of a cluster-wide one. The work queue's unit of work. */
export type ObjectKey = string;

/** An object, or whatever names one. */
interface Keyed {
  readonly metadata: { readonly name: string; readonly namespace?: string | undefined };
}

/** The key of an object, or of whatever names one. */
export function keyOf({ metadata }: Keyed): ObjectKey {
  return metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
}

/** Orders objects by key: a list of the same objects is the same in every centre, and at every look. */
export function compareKeys(one: Keyed, other: Keyed): number {
  return compareTexts(keyOf(one), keyOf(other));
}

/** Namespace and name of a key. */
export function splitKey(key: ObjectKey): { readonly namespace?: string; readonly name: string } {
  const slash = key.indexOf('/');
  return slash < 0 ? { name: key } : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}
