import type { Kind, Resource } from '../../api/index.ts';
import type { Live } from '../../runtime/index.ts';

/** What an object was read as, for as long as that object is kept: rules look at each of them again and again. */
const readings = new WeakMap<object, { readonly document: unknown }>();

/**
 * An object as the document that it was written as, with defaults filled in: what the coded rules judge. Undefined when its
 * spec does not parse by the schema of this program; its own controller says so.
 * @param kind of the object, and no other
 */
export function understand<R extends Resource>(kind: Kind, object: Live<R>): R | undefined {
  const reading = readings.get(object) ?? { document: read(kind, object) };
  readings.set(object, reading);
  // Read above by the schema of this very kind.
  return reading.document as R | undefined;
}

function read(kind: Kind, { apiVersion, kind: name, metadata, spec }: Live<Resource>): unknown {
  const parsed = kind.spec.safeParse(spec);
  if (!parsed.success) return undefined;
  return {
    apiVersion,
    kind: name,
    metadata: {
      name: metadata.name,
      ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
      ...(metadata.labels && { labels: metadata.labels }),
      ...(metadata.annotations && { annotations: metadata.annotations }),
    },
    spec: parsed.data,
  };
}
