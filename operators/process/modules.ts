import { NO_LEGS, protectionWith } from '../protection/index.ts';
import type { ControllerModule, Dependencies } from '../runtime/index.ts';
import { sourcesOf } from '../sources/index.ts';
import { topology } from '../topology/index.ts';

/**
 * What the operator does: each domain folder is one line here, and needs nothing else to be part of it. One that needs the
 * agreement of other centres (`Dependencies & WithAgreements`) is given it by hand:
 * `replication({ ...dependencies, agreements: peers.agreements })`.
 */
export function makeModules(dependencies: Dependencies): readonly ControllerModule[] {
  const peers = topology(dependencies);
  const sources = sourcesOf(dependencies);
  return [peers, sources, protectionWith(NO_LEGS, sources.evidence)(dependencies)];
}
