import type { V1Namespace } from '@kubernetes/client-node';
import type { Owner } from '../../operators/api/kinds/kind.ts';
import { ANNOTATIONS, LABELS, ownerLabel, type Purpose } from '../../operators/api/layout/labels.ts';
import { copiesNamespace } from '../../operators/api/layout/namespaces.ts';
import { POD_SECURITY, tenantLabels } from '../../operators/api/layout/tenant-namespaces.ts';
import type { TenantView } from '../centre-view.ts';
import type { KubernetesObject } from '../render/kubernetes-object.ts';

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
  return namespace(view.tenant.name, labelsOf(view, 'tenant'), ownerOf(view), {
    [ANNOTATIONS.displayName]: view.tenant.displayName,
  });
}

/** The namespace of a tenant's copies, in which the tenant has no rights. */
export function tenantCopiesNamespace(view: TenantView): KubernetesObject<V1Namespace> {
  const name = copiesNamespace(view.tenant.name);
  return namespace(name, labelsOf(view, 'copies'), ownerOf(view));
}

function labelsOf({ zone, tenant }: TenantView, purpose: 'tenant' | 'copies'): Record<string, string> {
  return tenantLabels(zone.metadata.name, tenant, purpose);
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
