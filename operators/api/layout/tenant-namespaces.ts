import type { Tenant } from '../kinds/data-zone.ts';
import { LABELS, type Purpose } from './labels.ts';

/** Pods of every namespace of zaibei keep to the strictest of Kubernetes' pod security standards. */
export const POD_SECURITY = {
  'pod-security.kubernetes.io/enforce': 'restricted',
  'pod-security.kubernetes.io/audit': 'restricted',
  'pod-security.kubernetes.io/warn': 'restricted',
} as const;

/** Name of the ResourceQuota of a tenant's namespace, and of the one of its copies. */
export const QUOTA = 'quota';

/** The parts of a quota, by the names under which a ResourceQuota counts them. */
export const COUNTED = {
  cpu: 'requests.cpu',
  memory: 'requests.memory',
  storage: 'requests.storage',
  pods: 'pods',
} as const;

/** Name of the NetworkPolicy that isolates a namespace of zaibei: nothing in, nothing out. */
export const DEFAULT_DENY = 'default-deny';

/** No namespace lacks the label that the API server gives to each. */
const NOBODY = {
  namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'DoesNotExist' }] },
};

/**
 * What that policy says. Its rules match nobody, and stand there all the same: who compares only the fields that it wrote, as
 * Terraform does, would not see a rule that somebody added by hand where none had been written.
 */
export const DEFAULT_DENY_SPEC = {
  podSelector: {},
  policyTypes: ['Ingress', 'Egress'],
  ingress: [{ from: [NOBODY] }],
  egress: [{ to: [NOBODY] }],
};

/** The labels by which a namespace belongs to a tenant of a zone: its own, or that of its copies. */
export function tenantLabels(
  zone: string,
  tenant: Pick<Tenant, 'name' | 'platform'>,
  purpose: Extract<Purpose, 'tenant' | 'copies'>,
): Record<string, string> {
  return {
    [LABELS.zone]: zone,
    [LABELS.tenant]: tenant.name,
    [LABELS.platform]: tenant.platform,
    [LABELS.purpose]: purpose,
  };
}
