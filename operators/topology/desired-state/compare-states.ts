import type { ObjectKey } from '../../runtime/index.ts';
import type { DesiredStateSummary } from './desired-state.ts';
import type { DocumentDigests } from './document-digest.ts';

/** The kinds of which two centres have different documents; none: they want the same. */
export function differingKinds(own: DesiredStateSummary, theirs: DesiredStateSummary): readonly string[] {
  if (own.digest === theirs.digest) return [];
  const digests = new Map(theirs.kinds.map(({ kind, digest }) => [kind, digest]));
  const unknown = theirs.kinds.filter(({ kind }) => own.kinds.every((ours) => ours.kind !== kind));
  return [...own.kinds.filter(({ kind, digest }) => digests.get(kind) !== digest), ...unknown].map(
    ({ kind }) => kind,
  );
}

/** The documents of one kind that differ, by key: `population/civil (only here)`. */
export function differingDocuments(own: DocumentDigests, theirs: DocumentDigests): readonly string[] {
  const keys: ObjectKey[] = [...new Set([...own.keys(), ...theirs.keys()])];
  return keys
    .filter((key) => own.get(key) !== theirs.get(key))
    .sort()
    .map((key) => `${key}${own.has(key) ? (theirs.has(key) ? '' : ' (only here)') : ' (only there)'}`);
}
