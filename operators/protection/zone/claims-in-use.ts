import type { ApiObject } from '../../runtime/index.ts';
import type { ObservedWorkload } from './observed-kinds.ts';

/** What a claim that a StatefulSet made is called before its ordinal: `data-population-db-` of `data-population-db-0`. */
const STEM = /^(.+-)[0-9]+$/;

/**
 * The claims of one namespace, found by the workload whose pods use them. Each claim is looked at once: a tenant that makes
 * ten thousand of both must not keep the operator from everything else.
 */
export class ClaimsInUse {
  readonly #byName = new Map<string, ApiObject>();
  readonly #byStem = new Map<string, ApiObject[]>();

  constructor(claims: readonly ApiObject[]) {
    for (const claim of claims) {
      const { name } = claim.metadata;
      this.#byName.set(name, claim);
      const stem = STEM.exec(name)?.[1];
      if (stem === undefined) continue;
      const alike = this.#byStem.get(stem);
      if (alike === undefined) this.#byStem.set(stem, [claim]);
      else alike.push(claim);
    }
  }

  /** The claims that the pods of a workload use, by name or as made from a template. */
  of({ metadata, claims, claimTemplates }: ObservedWorkload): readonly ApiObject[] {
    return [
      ...claims.flatMap((name) => this.#byName.get(name) ?? []),
      ...claimTemplates.flatMap((template) => this.#byStem.get(`${template}-${metadata.name}-`) ?? []),
    ];
  }
}
