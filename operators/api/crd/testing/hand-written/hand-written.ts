import { backupStoreChanges } from './backup-store.ts';
import { claimChanges } from './claim.ts';
import { dataZoneChanges } from './data-zone.ts';
import { datasetChanges } from './dataset.ts';
import { placementChanges } from './placement.ts';
import { protectionPolicyChanges } from './protection-policy.ts';
import { topologyChanges } from './topology.ts';
import { voteChanges } from './vote.ts';

/**
 * What people write, as one change to the example of a kind: `[title, path, value, good]`. The value undefined removes the
 * field. Good means of the right shape: whether it makes sense is for others to say.
 */
export type HandWritten = readonly [title: string, path: string, value: unknown, good: boolean];

/** Hand-written changes to the example of each kind, by the name of the kind. */
export const HAND_WRITTEN: Readonly<Record<string, readonly HandWritten[]>> = {
  Topology: topologyChanges,
  DataZone: dataZoneChanges,
  ProtectionPolicy: protectionPolicyChanges,
  Dataset: datasetChanges,
  Placement: placementChanges,
  BackupStore: backupStoreChanges,
  Claim: claimChanges,
  Vote: voteChanges,
};
