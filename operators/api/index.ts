/** What other parts of zaibei use of the API: its kinds, their value types, and the CRDs generated from them. */
export { generateCrd, type CustomResourceDefinition } from './crd/custom-resource-definition.ts';
export { toStructuralSchema, type StructuralSchema } from './crd/structural-schema.ts';
export { backupStoreKind, type BackupStore } from './kinds/backup-store.ts';
export {
  CLAIM_OUTCOMES,
  claimKind,
  placementSubject,
  type Claim,
  type ClaimAnswer,
  type ClaimOutcome,
} from './kinds/claim.ts';
export {
  dataZoneKind,
  DOMESTIC_LAYERS,
  TENANT_KINDS,
  type DataZone,
  type Quota,
  type Tenant,
} from './kinds/data-zone.ts';
export { CRYPTOGRAPHY_STATUSES, datasetKind, type Dataset } from './kinds/dataset.ts';
export type { Endpoint } from './kinds/endpoint.ts';
export type { ExchangeGrant } from './kinds/exchange-grant.ts';
export {
  API_VERSION,
  GROUP,
  VERSION,
  type Kind,
  type Owner,
  type Resource,
  type ResourceMetadata,
  type ResourceOf,
} from './kinds/kind.ts';
export { placementKind, type Placement } from './kinds/placement.ts';
export { PLATFORM_KINDS, type Platform } from './kinds/platform.ts';
export {
  DATA_CLASSES,
  protectionPolicyKind,
  type DataClass,
  type ProtectionPolicy,
} from './kinds/protection-policy.ts';
export { findKind, KINDS } from './kinds/registry.ts';
export { ACCESS, TIERS, type RoleBinding } from './kinds/role-binding.ts';
export { siteSchema, type Site } from './kinds/site.ts';
export {
  CENTRE_ROLES,
  LEVELS,
  NETWORK_DOMAINS,
  topologyKind,
  type Centre,
  type CentreRole,
  type Link,
  type Region,
  type Topology,
} from './kinds/topology.ts';
export { AGREEMENTS, REACHABILITIES, type PeerStatus, type TopologyStatus } from './kinds/topology-status.ts';
export { voteKind, type Vote } from './kinds/vote.ts';
export { Bandwidth } from './values/bandwidth.ts';
export { CONDITION_STATUSES, findCondition, type Condition } from './values/condition.ts';
export { digestSchema } from './values/digest.ts';
export { Duration } from './values/duration.ts';
export { InvalidValueError } from './values/invalid-value.ts';
export { journalPositionSchema, type JournalPosition } from './values/journal-position.ts';
export { addQuantities, parseQuantity } from './values/quantity.ts';
export { Schedule, type ScheduleSpec } from './values/schedule.ts';
export { Size } from './values/size.ts';
