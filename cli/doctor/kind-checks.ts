import { isDeepStrictEqual } from 'node:util';
import { generateCrd, KINDS, type CustomResourceDefinition } from '../../operators/api/index.ts';
import type { ApiObject, ResourceType } from '../../operators/runtime/index.ts';
import { problemOf } from '../centres/read-result.ts';
import { plainLine } from '../frame/command-frame.ts';
import { checkOf, type Check, type Finding } from './check.ts';
import type { Patient } from './patient.ts';

/** A CRD as it stands in a cluster, as far as it is compared. */
type StoredCrd = ApiObject & { readonly spec?: Partial<CustomResourceDefinition['spec']> };

/** How CRDs are reached. */
export const crdType: ResourceType<StoredCrd> = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  scope: 'Cluster',
  // The API server has checked it; what is compared may be missing.
  keep: (parsed) => parsed,
};

/** Whether the kinds are there, with the very schemas of this program. */
export async function kindChecks({ centre, session, signal, before, say }: Patient): Promise<Check> {
  const line = (finding: Finding): Check => checkOf(say, centre.name, 'Kinds', finding);
  try {
    const found = await Promise.all(
      KINDS.map(async (kind) => ({
        kind,
        stored: await session.client.find(crdType, kind.crdName, { signal }),
      })),
    );
    const missing = found.filter(({ stored }) => stored === undefined).map(({ kind }) => kind.kind);
    const other = found
      .filter(({ kind, stored }) => stored !== undefined && !isSame(stored, generateCrd(kind)))
      .map(({ kind }) => kind.kind);
    if (missing.length === 0 && other.length === 0)
      return line({ state: 'ok', what: say('kindsThere', { count: found.length }) });
    if (before && missing.length === found.length) return line({ state: 'ok', what: say('kindsToCome') });
    const what = say('kindsDiffer', { missing: list(missing), other: list(other) });
    return line({ state: 'wrong', what });
  } catch (error) {
    const problem = plainLine(problemOf(error).message);
    return line({ state: 'unknown', what: say('unreadable', { problem }) });
  }
}

/** Whether a stored CRD says what ours says. The API server adds fields of its own around it, and none within a version. */
function isSame({ spec }: StoredCrd, { spec: wanted }: CustomResourceDefinition): boolean {
  const [ours] = wanted.versions;
  const theirs = spec?.versions?.find(({ name }) => name === ours.name);
  // What is sent has no `undefined`.
  const schema: unknown = JSON.parse(JSON.stringify(ours.schema));
  return spec?.scope === wanted.scope && theirs !== undefined && isDeepStrictEqual(theirs.schema, schema);
}

function list(names: readonly string[]): string {
  return names.length === 0 ? '-' : names.join(', ');
}
