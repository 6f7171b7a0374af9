import { claimKind } from '../../operators/api/kinds/claim.ts';
import { GROUP } from '../../operators/api/kinds/kind.ts';
import type { Dataset } from '../../operators/api/kinds/dataset.ts';
import { KINDS } from '../../operators/api/kinds/registry.ts';
import { voteKind } from '../../operators/api/kinds/vote.ts';
import { KEEPER, OPERATOR, PEER } from '../../operators/api/layout/identities.ts';
import { STORE_NAMESPACE, SYSTEM_NAMESPACE } from '../../operators/api/layout/namespaces.ts';
import { peerSecretName } from '../../operators/api/layout/peer-secret.ts';
import { certificateSecretName, passwordSecretName } from '../../operators/api/layout/source-access.ts';
import type { KubernetesObject } from '../render/kubernetes-object.ts';
import {
  account,
  clusterRole,
  clusterRoleBinding,
  READ,
  role,
  roleBinding,
  rule,
  ruleForNames,
  serviceAccount,
  WRITE,
} from './role.ts';

/** ClusterRole of the operator within a tenant's namespace, bound there. */
export const OPERATOR_IN_TENANT = 'zaibei-operator-tenant';

/** ClusterRole of the operator within a copies namespace, bound there. */
export const OPERATOR_IN_COPIES = 'zaibei-operator-copies';

/** Role of the operator in a copies namespace, to the keys of the guards. */
const GUARD_CREDENTIALS = 'zaibei-guard-credentials';

/** What the operator looks at in all namespaces: the zone as it stands, and whatever in it nobody protects. */
const OBSERVED = {
  core: [
    'limitranges',
    'namespaces',
    'nodes',
    'persistentvolumeclaims',
    'persistentvolumes',
    'resourcequotas',
  ],
  apps: ['deployments', 'statefulsets'],
};

const plurals = (writtenBy: 'config' | 'operator'): string[] =>
  KINDS.filter((kind) => kind.writtenBy === writtenBy).map(({ plural }) => plural);

const events = [
  rule('', ['events'], ['create', 'patch']),
  rule('events.k8s.io', ['events'], ['create', 'patch']),
];

const leases = rule('coordination.k8s.io', ['leases'], ['get', ...WRITE]);

/**
 * The operator: reads what config writes and puts its findings into status, owns the kinds that operators write, and sees
 * nodes. Pods and volumes are its own only in the copies namespaces. In the store namespace it has no rights at all.
 *
 * It may write Deployments in the tenants' namespaces, for exporters. So it can mount their Secrets, though it may not read
 * them by name: for what lies in a tenant's namespace the operator is trusted (0005-what-roles-do-not-hide.md).
 * @param peers names of the centres that it reads
 */
export function operatorAccess(peers: readonly string[]): KubernetesObject[] {
  const config = plurals('config');
  const operated = plurals('operator');
  const itself = [account(SYSTEM_NAMESPACE, OPERATOR)];
  return [
    serviceAccount(SYSTEM_NAMESPACE, OPERATOR),
    clusterRole(OPERATOR, [
      rule(GROUP, config, READ),
      rule(GROUP, operated, [...READ, ...WRITE]),
      // Of what is kept as a history, the oldest. Nothing else of the kinds is ever deleted by an operator.
      rule(GROUP, [claimKind.plural, voteKind.plural], ['delete']),
      rule(
        GROUP,
        [...config, ...operated].map((plural) => `${plural}/status`),
        ['update', 'patch'],
      ),
      // What there is, to be compared with what is declared and what is protected: by name and size, never by content.
      rule('', OBSERVED.core, READ),
      rule('apps', OBSERVED.apps, READ),
      rule('networking.k8s.io', ['networkpolicies'], READ),
      ...events,
    ]),
    clusterRoleBinding(OPERATOR, OPERATOR, itself),
    role(SYSTEM_NAMESPACE, OPERATOR, [
      leases,
      rule('', ['configmaps'], [...READ, ...WRITE]),
      rule('', ['pods'], READ),
      // Credentials for peers.
      ...(peers.length === 0 ? [] : [ruleForNames('', 'secrets', peers.map(peerSecretName), ['get'])]),
    ]),
    roleBinding({ namespace: SYSTEM_NAMESPACE, name: OPERATOR }, { kind: 'Role', name: OPERATOR }, itself),
    clusterRole(OPERATOR_IN_TENANT, [
      rule('', ['persistentvolumeclaims', 'pods', 'services'], READ),
      // The exporter of a volume runs beside it, and has an address.
      rule('apps', ['deployments'], [...READ, ...WRITE, 'delete']),
      rule('', ['services'], [...WRITE, 'delete']),
    ]),
    clusterRole(OPERATOR_IN_COPIES, [
      rule('', ['configmaps', 'persistentvolumeclaims', 'pods', 'services'], [...READ, ...WRITE, 'delete']),
      rule('', ['pods/log'], ['get']),
      rule('apps', ['deployments', 'statefulsets'], [...READ, ...WRITE, 'delete']),
      rule('batch', ['jobs'], [...READ, ...WRITE, 'delete']),
    ]),
  ];
}

/** The operator's rights in one namespace of a tenant. */
export function operatorBinding(
  namespace: string,
  clusterRoleName: typeof OPERATOR_IN_TENANT | typeof OPERATOR_IN_COPIES,
): KubernetesObject {
  return roleBinding({ namespace, name: OPERATOR }, { kind: 'ClusterRole', name: clusterRoleName }, [
    account(SYSTEM_NAMESPACE, OPERATOR),
  ]);
}

/**
 * The operator's right to the keys of the guards of a tenant's databases, each by its name, in the namespace of its copies. In
 * every centre, since which of them is home is not the stacks' business; a Secret is only where it was put.
 */
export function guardCredentials(namespace: string, datasets: readonly Dataset[]): KubernetesObject[] {
  const names = datasets
    .filter(({ spec }) => spec.postgres !== undefined)
    .flatMap(({ metadata: { name } }) => [
      passwordSecretName('guard', name),
      certificateSecretName('guard', name),
    ]);
  if (names.length === 0) return [];
  return [
    role(namespace, GUARD_CREDENTIALS, [ruleForNames('', 'secrets', names, ['get'])]),
    roleBinding({ namespace, name: GUARD_CREDENTIALS }, { kind: 'Role', name: GUARD_CREDENTIALS }, [
      account(SYSTEM_NAMESPACE, OPERATOR),
    ]),
  ];
}

/** The operators of other centres: they read what this one wants and claims, and write nothing. */
export function peerAccess(): KubernetesObject[] {
  return [
    serviceAccount(SYSTEM_NAMESPACE, PEER),
    clusterRole(PEER, [rule(GROUP, [...plurals('config'), ...plurals('operator')], READ)]),
    clusterRoleBinding(PEER, PEER, [account(SYSTEM_NAMESPACE, PEER)]),
  ];
}

/** The keeper of the store: reads what is to be kept, and takes its lease; keys are mounted, never read through the API. */
export function keeperAccess(): KubernetesObject[] {
  const itself = [account(STORE_NAMESPACE, KEEPER)];
  return [
    serviceAccount(STORE_NAMESPACE, KEEPER),
    clusterRole(KEEPER, [rule(GROUP, ['backupstores', 'datasets', 'protectionpolicies'], READ)]),
    clusterRoleBinding(KEEPER, KEEPER, itself),
    role(STORE_NAMESPACE, KEEPER, [leases, ...events]),
    roleBinding({ namespace: STORE_NAMESPACE, name: KEEPER }, { kind: 'Role', name: KEEPER }, itself),
  ];
}
