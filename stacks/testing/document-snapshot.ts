import { topologyKind } from '../../operators/api/kinds/topology.ts';
import { KINDS } from '../../operators/api/kinds/registry.ts';
import type { Deployed, DeployedCentre } from './deployed-centre.ts';

/** Every kind but the one in whose status operators say what they see of each other. */
const KEPT = KINDS.filter(({ kind }) => kind !== topologyKind.kind);

/**
 * Everything that is wished for in some centres, and everything that operators have derived from it, by centre and name. Two
 * of these are equal when nobody has written anything in between: neither a spec nor a status, not even the same again.
 */
export async function desiredAndDerived(
  centres: readonly DeployedCentre[],
): Promise<Record<string, unknown>> {
  const found = await Promise.all(
    centres.map(async (centre) => {
      const documents = await centre.documents(KEPT);
      return documents.map((document) => {
        const { kind, metadata } = document;
        return [`${centre.name}: ${kind} ${metadata.namespace ?? ''}/${metadata.name}`, traceOf(document)];
      });
    }),
  );
  return Object.fromEntries(found.flat()) as Record<string, unknown>; // of pairs of a name and a trace
}

/** What moves by itself in a status: the slots of a policy come nearer, and what a zone uses is told some time after it is used. */
const MOVING: Readonly<Record<string, string>> = { ProtectionPolicy: 'nextSlots', DataZone: 'quotaUsed' };

/** The version that the API server gave to the last write; what is written, where some of that moves by itself. */
function traceOf({ kind, metadata, spec, status }: Deployed): unknown {
  const { uid, generation, resourceVersion } = metadata;
  const moving = MOVING[kind];
  if (moving === undefined) return { uid, generation, resourceVersion };
  return { uid, generation, spec, status: { ...(status as object | undefined), [moving]: undefined } };
}
