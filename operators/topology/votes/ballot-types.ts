import { claimKind, voteKind, type Claim, type Vote } from '../../api/index.ts';
import { resourceTypeOf, type Live, type Reader, type ResourceType } from '../../runtime/index.ts';

/** How claims are reached. */
export const claimType: ResourceType<Live<Claim>> = resourceTypeOf(claimKind);

/**
 * How votes are reached. A list of them becomes known at once: which vote of a centre counts depends on those that it has cast
 * before, and on a page alone there may be an old one without the newer.
 */
export const voteType: ResourceType<Live<Vote>> = { ...resourceTypeOf(voteKind), whole: true };

const BY_SUBJECT = 'topology/subject';

/** A claim or a vote, as far as it is found by what it is about. */
interface OnSubject {
  readonly spec: { readonly subject: string };
}

/** Lets {@link onSubject} find claims or votes. Once for each reader. */
export function indexBySubject<T extends OnSubject>(reader: Reader<T>): Reader<T> {
  reader.index(BY_SUBJECT, ({ spec }) => [spec.subject]);
  return reader;
}

/** The claims or the votes on a subject. @param reader one that was indexed */
export function onSubject<T extends OnSubject>(reader: Reader<T>, subject: string): readonly T[] {
  return reader.having(BY_SUBJECT, subject);
}
