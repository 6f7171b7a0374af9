import { createHash } from 'node:crypto';

/** Labels by which stacks, operators and dashboards find each other's objects. Values are RFC 1123 labels. */
export const LABELS = {
  /** On a namespace: DataZone that it belongs to. */
  zone: 'zaibei.io/zone',
  /** On a namespace: tenant whose it is, or whose copies it holds. */
  tenant: 'zaibei.io/tenant',
  /** On a namespace: platform of the tenant. */
  platform: 'zaibei.io/platform',
  /** On a namespace: {@link ownerLabel} of whoever answers for it; the name itself is the annotation of the same key. */
  owner: 'zaibei.io/owner',
  /** On a namespace: what it is for, one of {@link PURPOSES}. */
  purpose: 'zaibei.io/purpose',
  /** On a pod in a copies namespace: Dataset for which it pulls. */
  dataset: 'zaibei.io/dataset',
  /** On a pod in a copies namespace: Dataset whose copy it serves, as standby or after a takeover. */
  replica: 'zaibei.io/replica',
  /** On a pod that serves the files of a volume read-only: the Dataset. */
  exporter: 'zaibei.io/exporter',
  /** On a pod in the store namespace: BackupStore whose endpoint it is. */
  store: 'zaibei.io/store',
  /** On every object: what it is part of, and who writes it. */
  partOf: 'app.kubernetes.io/part-of',
  managedBy: 'app.kubernetes.io/managed-by',
  /** On a pod: which program it is. */
  name: 'app.kubernetes.io/name',
} as const;

/** What a namespace is for. */
export const PURPOSES = ['tenant', 'copies', 'store', 'system'] as const;

/** What a namespace is for, one of {@link PURPOSES}. */
export type Purpose = (typeof PURPOSES)[number];

/** Annotations for people: free text, Chinese or English. */
export const ANNOTATIONS = {
  owner: 'zaibei.io/owner',
  contact: 'zaibei.io/contact',
  displayName: 'zaibei.io/display-name',
  /** On a NetworkPolicy: what the opening is for. */
  purpose: 'zaibei.io/purpose',
  approvedBy: 'zaibei.io/approved-by',
  until: 'zaibei.io/until',
} as const;

/**
 * Label value that stands for an organisation. Names of departments are Chinese and label values cannot be, so the
 * value is a digest: the same for the same name everywhere, and selectable.
 */
export function ownerLabel(organisation: string): string {
  return `o-${createHash('sha256').update(organisation).digest('hex').slice(0, 10)}`;
}
