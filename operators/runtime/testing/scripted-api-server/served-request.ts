import type { Selection } from '../../client/api-client.ts';
import type { Verb } from '../../errors/api-error.ts';
import type { ObjectKey } from '../../objects/api-object.ts';

/** One request as the scripted API server understood it. */
export interface ServedRequest {
  readonly verb: Verb;
  /** Path without query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The collection over all namespaces: `/apis/zaibei.io/v1alpha1/datasets`. Empty for a path that is no object. */
  readonly collection: string;
  /** The object's, or empty for all objects. */
  readonly key: ObjectKey;
  /** Which objects a list or watch is of. */
  readonly selection: Selection;
  /** Header `Authorization`. */
  readonly authorization?: string | undefined;
}

const OBJECTS =
  /^(?<root>\/api\/v1|\/apis\/[^/]+\/[^/]+)(?:\/namespaces\/(?<namespace>[^/]+))?\/(?<plural>[^/]+)(?:\/(?<name>[^/]+))?(?:\/(?<sub>status))?$/;

/** Reads method and URL of a request. */
export function readRequest(method: string, target: string): ServedRequest {
  const { pathname: path, searchParams: query } = new URL(target, 'http://scripted');
  const parts = OBJECTS.exec(path)?.groups;
  if (parts === undefined) return { verb: 'read', path, query, collection: '', key: '', selection: {} };
  const { root = '', namespace, plural = '', name = '', sub } = parts;
  return {
    verb: verbOf(method, name, sub, query),
    path,
    query,
    collection: `${root}/${plural}`,
    key: namespace === undefined || name === '' ? name : `${namespace}/${name}`,
    selection: {
      namespace,
      labelSelector: query.get('labelSelector') ?? undefined,
      fieldSelector: query.get('fieldSelector') ?? undefined,
    },
  };
}

function verbOf(method: string, name: string, sub: string | undefined, query: URLSearchParams): Verb {
  switch (method) {
    case 'POST':
      return 'create';
    case 'PATCH':
      return sub === undefined ? 'apply' : 'apply-status';
    case 'PUT':
      return 'replace';
    case 'DELETE':
      return 'delete';
    default:
      if (name !== '') return 'get';
      return query.get('watch') === 'true' ? 'watch' : 'list';
  }
}
