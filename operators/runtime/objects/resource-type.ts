import { API_VERSION, type Kind, type ResourceOf } from '../../api/index.ts';
import type { ApiObject, Live } from './api-object.ts';

/** How objects of one kind are reached, and what is kept of them in memory. */
export interface ResourceType<T extends ApiObject = ApiObject> {
  readonly apiVersion: string;
  readonly kind: string;
  /** Name in URLs: `datasets`. */
  readonly plural: string;
  readonly scope: 'Cluster' | 'Namespaced';
  /**
   * Makes of a parsed answer what the operator keeps: all of it, or only the fields that are needed of kinds of which
   * there are many. It must not throw: whether a document makes sense is judged where it is reconciled.
   */
  readonly keep: (parsed: ApiObject) => T;
  /**
   * Its objects mean something only together: a list of them becomes known all at once, when its last page has come, and not
   * page by page. For kinds of which there are few. Default: false.
   */
  readonly whole?: boolean;
}

/** The type of one of our kinds. Documents are kept whole but for `metadata.managedFields`. */
export function resourceTypeOf<K extends Kind>(kind: K): ResourceType<Live<ResourceOf<K>>> {
  return {
    apiVersion: API_VERSION,
    kind: kind.kind,
    plural: kind.plural,
    scope: kind.scope,
    // The API server has checked the document by the schema generated from this very kind.
    keep: (parsed) => parsed as unknown as Live<ResourceOf<K>>,
  };
}
