import type { V1Namespace } from '@kubernetes/client-node';
import type { Owner } from '../../operators/api/kinds/kind.ts';
import { ANNOTATIONS, LABELS, ownerLabel, type Purpose } from '../../operators/api/layout/labels.ts';
import { copiesNamespace } from '../../operators/api/layout/namespaces.ts';
import type { TenantView } from '../centre-view.ts';
import type { KubernetesObject } from '../render/kubernetes-object.ts';

/** Pods of every namespace of zaibei keep to the strictest of Kubernetes' pod security standards. */
const POD_SECURITY = {
  'pod-security.kubernetes.io/enforce': 'restricted',
  'pod-security.kubernetes.io/audit': 'restricted',
  'pod-security.kubernetes.io/warn': 'restricted',
} as const;

/** A namespace of zaibei itself. */
export function systemNamespace(
  name: string,
  purpose: Purpose,
  owner?: Owner,
): KubernetesObject<V1Namespace> {
  return namespace(name, { [LABELS.purpose]: purpose }, owner);
}

/** The namespace of a tenant, with zone, tenant, platform and owner as labels (统一管理). */
export function tenantNamespace(view: TenantView): KubernetesObject<V1Namespace> {
  return namespace(view.tenant.name, { ...tenantLabels(view), [LABELS.purpose]: 'tenant' }, ownerOf(view), {
    [ANNOTATIONS.displayName]: view.tenant.displayName,
  });
}

/** The namespace of a tenant's copies, in which the tenant has no rights. */
export function tenantCopiesNamespace(view: TenantView): KubernetesObject<V1Namespace> {
  const name = copiesNamespace(view.tenant.name);
  return namespace(name, { ...tenantLabels(view), [LABELS.purpose]: 'copies' }, ownerOf(view));
}

function tenantLabels({ zone, tenant }: TenantView): Record<string, string> {
  return {
    [LABELS.zone]: zone.metadata.name,
    [LABELS.tenant]: tenant.name,
    [LABELS.platform]: tenant.platform,
  };
}

function ownerOf({ zone, tenant, platform }: TenantView): Owner | undefined {
  return tenant.owner ?? platform?.owner ?? zone.spec.owner;
}

function namespace(
  name: string,
  labels: Readonly<Record<string, string>>,
  owner: Owner | undefined,
  annotations: Readonly<Record<string, string>> = {},
): KubernetesObject<V1Namespace> {
  const owned = {
    ...annotations,
    ...(owner && { [ANNOTATIONS.owner]: owner.organisation }),
    ...(owner?.contact !== undefined && { [ANNOTATIONS.contact]: owner.contact }),
  };
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name,
      labels: {
        ...POD_SECURITY,
        ...labels,
        ...(owner && { [LABELS.owner]: ownerLabel(owner.organisation) }),
      },
      ...(Object.keys(owned).length > 0 && { annotations: owned }),
    },
  };
}
