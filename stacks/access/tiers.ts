import type { V1PolicyRule } from '@kubernetes/client-node';
import type { DataZone } from '../../operators/api/kinds/data-zone.ts';
import { ACCESS, TIERS, type RoleBinding } from '../../operators/api/kinds/role-binding.ts';
import { GROUP } from '../../operators/api/kinds/kind.ts';
import { copiesNamespace, STORE_NAMESPACE, SYSTEM_NAMESPACE } from '../../operators/api/layout/namespaces.ts';
import type { KubernetesObject } from '../render/kubernetes-object.ts';
import { clusterRole, clusterRoleBinding, group, READ, roleBinding, rule, WRITE } from './role.ts';

type Tier = (typeof TIERS)[number];
type Access = (typeof ACCESS)[number];

const inTenant = (access: Access): string => `zaibei-tenant-${access}`;

const COPIES_VIEW = 'zaibei-copies-view';
const CREDENTIALS_WRITE = 'zaibei-credentials-write';
const clusterWide = (tier: Tier): string => `zaibei-${tier}`;

const VIEW: V1PolicyRule[] = [
  rule(
    '',
    [
      'configmaps',
      'events',
      'limitranges',
      'persistentvolumeclaims',
      'pods',
      'resourcequotas',
      'serviceaccounts',
      'services',
    ],
    READ,
  ),
  rule('', ['pods/log'], ['get']),
  rule('apps', ['deployments', 'replicasets', 'statefulsets'], READ),
  rule('batch', ['cronjobs', 'jobs'], READ),
  rule('networking.k8s.io', ['networkpolicies'], READ),
  rule(GROUP, ['datasets', 'placements'], READ),
];

const OPERATE: V1PolicyRule[] = [
  ...VIEW,
  rule('', ['configmaps', 'services'], [...WRITE, 'delete']),
  rule('', ['persistentvolumeclaims'], WRITE),
  rule('', ['pods'], ['delete']),
  rule('apps', ['deployments', 'statefulsets'], [...WRITE, 'delete']),
  rule('batch', ['cronjobs', 'jobs'], [...WRITE, 'delete']),
];

const ADMINISTER: V1PolicyRule[] = [
  ...OPERATE,
  rule('', ['secrets'], [...READ, ...WRITE, 'delete']),
  rule('', ['persistentvolumeclaims'], ['delete']),
  rule('', ['serviceaccounts'], [...WRITE, 'delete']),
  rule('', ['pods/exec', 'pods/portforward'], ['create']),
];

/**
 * The roles of people (统一管理和分级运维). Access says *what* may be done in a tenant's namespace: view, operate its
 * workloads, administer its Secrets too. The tier says *where*, and what is seen beyond tenants. Nobody may change quotas,
 * network policies or roles: those are the zone's, and come from its config.
 *
 * `operate` has no right to Secrets, and is no wall before them: whoever writes workloads can mount a Secret of the same
 * namespace into a pod and read it there (docs/explanation/decisions/0005-what-roles-do-not-hide.md).
 */
export function tierRoles(): KubernetesObject[] {
  const documents = ['backupstores', 'protectionpolicies', 'topologies'];
  return [
    clusterRole(inTenant('view'), VIEW),
    clusterRole(inTenant('operate'), OPERATE),
    clusterRole(inTenant('administer'), ADMINISTER),
    clusterRole(clusterWide('province'), [
      rule(GROUP, ['datazones', ...documents], READ),
      rule('', ['namespaces', 'nodes', 'persistentvolumes'], READ),
    ]),
    clusterRole(clusterWide('city'), [rule(GROUP, documents, READ)]),
    clusterRole(clusterWide('department'), [rule(GROUP, ['protectionpolicies'], READ)]),
    clusterRole(COPIES_VIEW, [
      rule('', ['events', 'persistentvolumeclaims', 'pods'], READ),
      rule('', ['pods/log'], ['get']),
      rule('apps', ['deployments', 'statefulsets'], READ),
      rule('batch', ['jobs'], READ),
    ]),
    // People put keys and credentials in place whole, by `kubectl create` and `kubectl replace`. Not `patch`: its answer is
    // the whole Secret, so that an empty patch reads it. An update must bring all of what its answer shows.
    clusterRole(CREDENTIALS_WRITE, [rule('', ['secrets'], ['create', 'update'])]),
  ];
}

/** A city sees its own zone's document and no other. Names of tenants stay in their own level. */
export function zoneRoles({ metadata, spec }: DataZone): KubernetesObject[] {
  const groups = groupsOf(spec.roles ?? [], ({ tier }) => tier === 'city');
  if (groups.length === 0) return [];
  const name = `zaibei-zone-${metadata.name}`;
  return [
    clusterRole(name, [
      { apiGroups: [GROUP], resources: ['datazones'], resourceNames: [metadata.name], verbs: ['get'] },
    ]),
    clusterRoleBinding(name, name, groups.map(group)),
  ];
}

/** Cluster-wide bindings of the tiers, over all zones of a centre. */
export function tierBindings(zones: readonly DataZone[]): KubernetesObject[] {
  const roles = zones.flatMap(({ spec }) => spec.roles ?? []);
  return [
    ...TIERS.flatMap((tier) => {
      const groups = groupsOf(roles, (entry) => entry.tier === tier);
      return groups.length === 0
        ? []
        : [clusterRoleBinding(clusterWide(tier), clusterWide(tier), groups.map(group))];
    }),
    ...[STORE_NAMESPACE, SYSTEM_NAMESPACE].flatMap((namespace) =>
      bindGroups({ namespace, name: CREDENTIALS_WRITE }, CREDENTIALS_WRITE, administratorsOf(roles)),
    ),
  ];
}

/** Who may do what in a tenant's namespace, and who sees its copies: one binding per tier and access. */
export function tenantBindings({ spec }: DataZone, tenant: string): KubernetesObject[] {
  const roles = (spec.roles ?? []).filter(({ tenants }) => tenants?.includes(tenant) ?? true);
  const overseers = groupsOf(roles, ({ tier }) => tier !== 'department');
  const copies = copiesNamespace(tenant);
  return [
    ...TIERS.flatMap((tier) =>
      ACCESS.flatMap((access) => {
        const groups = groupsOf(roles, (entry) => entry.tier === tier && entry.access === access);
        return bindGroups({ namespace: tenant, name: `zaibei-${tier}-${access}` }, inTenant(access), groups);
      }),
    ),
    ...bindGroups({ namespace: copies, name: COPIES_VIEW }, COPIES_VIEW, overseers),
    // Where `zaibei dataset prepare` puts the keys to the tenant's sources.
    ...bindGroups({ namespace: copies, name: CREDENTIALS_WRITE }, CREDENTIALS_WRITE, administratorsOf(roles)),
  ];
}

/** Who administers for the whole province: they bring keys and credentials. */
function administratorsOf(roles: readonly RoleBinding[]): string[] {
  return groupsOf(roles, ({ tier, access }) => tier === 'province' && access === 'administer');
}

/** Binds a ClusterRole within a namespace; nothing where nobody is to have it. */
function bindGroups(
  metadata: { readonly namespace: string; readonly name: string },
  roleName: string,
  groups: readonly string[],
): KubernetesObject[] {
  if (groups.length === 0) return [];
  return [roleBinding(metadata, { kind: 'ClusterRole', name: roleName }, groups.map(group))];
}

function groupsOf(roles: readonly RoleBinding[], matches: (entry: RoleBinding) => boolean): string[] {
  return [...new Set(roles.filter(matches).map((entry) => entry.group))].sort();
}
