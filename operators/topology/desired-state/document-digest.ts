import { canonicalJson, digestOf, type Digest } from '../../evidence/index.ts';
import { keyOf, type ObjectKey } from '../../runtime/index.ts';

/** A document of a kind that config writes, as an API server holds it. */
export interface ConfigDocument {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string | undefined };
  readonly spec: unknown;
}

/**
 * Digest of what a document wants: its kind, its key and its spec. Whatever else an API server keeps with it (status, labels,
 * versions) differs from centre to centre and wants nothing.
 */
export function digestDocument(document: ConfigDocument): Digest {
  const { kind, spec } = document;
  return digestOf(canonicalJson({ kind, key: keyOf(document), spec }));
}

/** Digests of the documents of one kind, by key. */
export type DocumentDigests = ReadonlyMap<ObjectKey, Digest>;

/** Digest over the documents of one kind, whatever order they come in. */
export function digestDocuments(documents: DocumentDigests): Digest {
  const lines = [...documents].map(([key, digest]) => `${key} ${digest}\n`);
  return digestOf(lines.sort().join(''));
}
