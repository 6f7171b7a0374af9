import { backupStoreKind } from './backup-store.ts';
import { claimKind } from './claim.ts';
import { dataZoneKind } from './data-zone.ts';
import { datasetKind } from './dataset.ts';
import type { Kind } from './kind.ts';
import { placementKind } from './placement.ts';
import { protectionPolicyKind } from './protection-policy.ts';
import { topologyKind } from './topology.ts';
import { voteKind } from './vote.ts';

/** Every kind that has a CRD, in the order in which the reference lists them. */
export const KINDS: readonly Kind[] = [
  topologyKind,
  dataZoneKind,
  protectionPolicyKind,
  datasetKind,
  placementKind,
  backupStoreKind,
  claimKind,
  voteKind,
];

/** The kind of that name, or undefined. */
export function findKind(name: string): Kind | undefined {
  return KINDS.find((kind) => kind.kind === name);
}
