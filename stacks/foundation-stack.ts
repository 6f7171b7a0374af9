import type { Construct } from 'constructs';
import { generateCrd } from '../operators/api/crd/custom-resource-definition.ts';
import { KINDS } from '../operators/api/kinds/registry.ts';
import { KEEPER, OPERATOR } from '../operators/api/layout/identities.ts';
import { LABELS } from '../operators/api/layout/labels.ts';
import { copiesNamespace, STORE_NAMESPACE, SYSTEM_NAMESPACE } from '../operators/api/layout/namespaces.ts';
import { STORE_PORT } from '../operators/api/layout/ports.ts';
import {
  keeperAccess,
  operatorAccess,
  operatorBinding,
  OPERATOR_IN_COPIES,
  peerAccess,
} from './access/service-accounts.ts';
import { tierRoles } from './access/tiers.ts';
import { CentreStack } from './centre-stack.ts';
import type { CentreView } from './centre-view.ts';
import { apiServer, apiServerRule, defaultDeny, dns, withinNamespace } from './isolation/base-policies.ts';
import { networkPolicy, tcp, type NetworkPolicyObject } from './isolation/network-policy.ts';
import { systemNamespace, tenantCopiesNamespace } from './tenancy/namespaces.ts';
import { declaredNodePorts } from './tenancy/node-ports.ts';
import { ownAddresses } from './tenancy/own-addresses.ts';
import { priorityClasses } from './tenancy/priority-classes.ts';
import { copiesQuota, limitRange } from './tenancy/quotas.ts';
import { retainedVolumes } from './tenancy/retained-volumes.ts';
import { tenantPriority } from './tenancy/tenant-priority.ts';
import { unforgedTokens } from './tenancy/unforged-tokens.ts';

/** The same in every centre. */
const CRDS = KINDS.map(generateCrd);

/**
 * What everything else in a centre stands on: the kinds, the namespaces of the system, of the store and of the tenants'
 * copies, the identities with their rights, and the rules that the API server keeps: volumes outlive their claims, and no
 * tenant takes the addresses, the ports, the tokens or the room of others.
 */
export class FoundationStack extends CentreStack {
  constructor(scope: Construct, view: CentreView) {
    super(scope, 'foundation', view);
    const tenants = view.tenants.map(({ tenant }) => tenant);
    const copies = tenants.map(({ name }) => copiesNamespace(name));

    this.add(CRDS);
    this.add(priorityClasses());
    // Before any namespace, so that no claim is bound, and nothing forbidden made, in between.
    const rules = this.add([
      ...retainedVolumes([SYSTEM_NAMESPACE, STORE_NAMESPACE, ...tenants.map(({ name }) => name), ...copies]),
      ...unforgedTokens(),
      ...ownAddresses(),
      ...declaredNodePorts(view.tenants, view.centre),
      ...tenantPriority(),
    ]);

    this.add([systemNamespace(SYSTEM_NAMESPACE, 'system', view.centre.owner)], { after: rules });
    // Backups and the keys without which they are noise.
    this.add([systemNamespace(STORE_NAMESPACE, 'store', view.centre.owner)], {
      after: rules,
      leaveBehind: true,
    });
    this.add(view.tenants.map(tenantCopiesNamespace), { after: rules });

    this.add(systemPolicies(view));
    this.add(storePolicies(view));
    for (const name of copies) this.add([defaultDeny(name), withinNamespace(name), dns(name)]);

    for (const { name, quota } of tenants) {
      const namespace = copiesNamespace(name);
      this.add([
        copiesQuota(namespace, quota),
        limitRange(namespace, quota),
        operatorBinding(namespace, OPERATOR_IN_COPIES),
      ]);
    }
    const peers = view.peers.map(({ name }) => name);
    this.add([...operatorAccess(peers), ...peerAccess(), ...keeperAccess(), ...tierRoles()]);
  }
}

/** The operator asks its own API server and those of its peers; nobody asks it but whoever scrapes it, later. */
function systemPolicies({ centre, peers }: CentreView): NetworkPolicyObject[] {
  const operator = { [LABELS.name]: OPERATOR };
  return [
    defaultDeny(SYSTEM_NAMESPACE),
    dns(SYSTEM_NAMESPACE),
    apiServer(SYSTEM_NAMESPACE, centre, operator),
    ...(peers.length === 0
      ? []
      : [
          networkPolicy(
            { namespace: SYSTEM_NAMESPACE, name: 'peers' },
            { pods: operator, egress: peers.map((peer) => apiServerRule(peer, 'outside')) },
          ),
        ]),
  ];
}

/** The endpoint of a store is open to the namespaces that copies come from; the keeper reaches the API server alone. */
function storePolicies({ centre, model }: CentreView): NetworkPolicyObject[] {
  const writers = ['copies', 'system'].map((purpose) => ({
    namespaceSelector: { matchLabels: { [LABELS.purpose]: purpose } },
  }));
  const onVolumes = model.stores.filter(
    ({ spec }) => spec.centre === centre.name && spec.location.volume !== undefined,
  );
  return [
    defaultDeny(STORE_NAMESPACE),
    withinNamespace(STORE_NAMESPACE),
    dns(STORE_NAMESPACE),
    apiServer(STORE_NAMESPACE, centre, { [LABELS.name]: KEEPER }),
    ...onVolumes.map(({ metadata: { name } }) =>
      networkPolicy(
        { namespace: STORE_NAMESPACE, name: `endpoint-${name}` },
        { pods: { [LABELS.store]: name }, ingress: [{ from: writers, ports: [tcp(STORE_PORT)] }] },
      ),
    ),
  ];
}
