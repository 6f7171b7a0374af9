import {
  claimKind,
  placementKind,
  voteKind,
  type Claim,
  type Dataset,
  type Kind,
  type Placement,
  type Vote,
} from '../../api/index.ts';
import { groupOf } from '../../api/layout/protection-group.ts';
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

/**
 * Lets {@link onSubject} find claims or votes. Once for each reader. What a peer of another version, or one that is not itself
 * any more, has under the name of one and nobody here can read is found by nothing.
 */
export function indexBySubject<T extends OnSubject>(reader: Reader<T>, kind: Kind): Reader<T> {
  reader.index(BY_SUBJECT, ({ spec }) => (kind.spec.safeParse(spec).success ? [spec.subject] : []));
  return reader;
}

/** The claims or the votes on a subject. @param reader one that was indexed */
export function onSubject<T extends OnSubject>(reader: Reader<T>, subject: string): readonly T[] {
  return reader.having(BY_SUBJECT, subject);
}

const BY_GROUP = 'topology/group';

/** Lets {@link placementsOf} find placements, those that can be read. Once for each reader. */
export function indexByGroup(reader: Reader<Live<Placement>>): Reader<Live<Placement>> {
  reader.index(BY_GROUP, ({ metadata, spec }) =>
    placementKind.spec.safeParse(spec).success ? [`${metadata.namespace ?? ''}/${spec.group}`] : [],
  );
  return reader;
}

/** The placements of the protection group that a subject is about: of one centre it is one, or none. */
export function placementsOf(reader: Reader<Live<Placement>>, subject: string): readonly Live<Placement>[] {
  return reader.having(BY_GROUP, groupIn(subject));
}

/** Lets {@link datasetsOf} find datasets. Once for each reader. */
export function indexMembers(reader: Reader<Live<Dataset>>): Reader<Live<Dataset>> {
  reader.index(BY_GROUP, (dataset) => [groupOf(dataset)]);
  return reader;
}

/** The datasets of the protection group that a subject is about. */
export function datasetsOf(reader: Reader<Live<Dataset>>, subject: string): readonly Live<Dataset>[] {
  return reader.having(BY_GROUP, groupIn(subject));
}

/** Namespace and name of the group: a subject is `<what>/<namespace>/<group>`. */
function groupIn(subject: string): string {
  return subject.split('/').slice(1, 3).join('/');
}
