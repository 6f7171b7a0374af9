import type { Construct } from 'constructs';
import { copiesNamespace } from '../operators/api/layout/namespaces.ts';
import { guardCredentials, operatorBinding, OPERATOR_IN_TENANT } from './access/service-accounts.ts';
import { tenantBindings, tierBindings, zoneRoles } from './access/tiers.ts';
import { CentreStack } from './centre-stack.ts';
import { centresOfZone, type CentreView, type TenantView } from './centre-view.ts';
import { apiServer, defaultDeny, dns, withinNamespace } from './isolation/base-policies.ts';
import { exchangeGrantPolicies } from './isolation/exchange-grants.ts';
import { guardPolicy, legOpenings } from './isolation/leg-openings.ts';
import { legsOf } from './isolation/legs.ts';
import type { NetworkPolicyObject } from './isolation/network-policy.ts';
import { tenantNamespace } from './tenancy/namespaces.ts';
import { nodePortsIn } from './tenancy/node-ports.ts';
import { limitRange, tenantQuota } from './tenancy/quotas.ts';

/**
 * The data zone (政务云数据区) in one centre: a namespace per tenant with its quota, isolated from every other but for the
 * declared exchange grants, opened to other centres exactly as far as the legs of its datasets need, and the people who
 * may act in it.
 */
export class ZoneStack extends CentreStack {
  constructor(scope: Construct, view: CentreView) {
    super(scope, 'zone', view);
    for (const tenant of view.tenants) this.#addTenant(view, tenant);
    for (const zone of view.zones) {
      this.add(exchangeGrantPolicies(zone));
      this.add(zoneRoles(zone));
    }
    this.add(systemOpenings(view));
    this.add(tierBindings(view.zones));
  }

  #addTenant(view: CentreView, tenantView: TenantView): void {
    const { zone, tenant, datasets } = tenantView;
    const { name, quota, apiAccess } = tenant;
    const nodePorts = nodePortsIn(datasets, view.centre).length;
    this.add([tenantNamespace(tenantView), tenantQuota(name, quota, nodePorts), limitRange(name, quota)]);
    this.add([
      defaultDeny(name),
      withinNamespace(name),
      dns(name),
      ...(apiAccess ? [apiServer(name, view.centre)] : []),
      ...tenantOpenings(view, tenantView),
    ]);
    this.add([
      operatorBinding(name, OPERATOR_IN_TENANT),
      ...guardCredentials(copiesNamespace(name), datasets),
      ...tenantBindings(zone, name),
    ]);
  }
}

/** The openings for the legs of a tenant's datasets, in its own namespace, in that of its copies, and in the system's. */
function tenantOpenings(
  { model, centre }: CentreView,
  { zone, tenant, datasets }: TenantView,
): NetworkPolicyObject[] {
  const centres = centresOfZone(model, zone);
  const withLegs = datasets.map((dataset) => ({ dataset, legs: legsOf(model, dataset, centres) }));
  const served = withLegs.filter(({ legs }) => legs.some(({ source }) => source === centre));
  return [
    ...withLegs.flatMap(({ dataset, legs }) => legOpenings(dataset, legs, centre)),
    ...guardPolicy(
      tenant.name,
      served.map(({ dataset }) => dataset),
      centre,
    ),
  ];
}

/** The openings for the legs of the platform's own state. */
function systemOpenings({ model, centre, peers, systemDatasets }: CentreView): NetworkPolicyObject[] {
  const involved = model.topology.spec.centres.filter((other) => other === centre || peers.includes(other));
  return systemDatasets.flatMap((dataset) => legOpenings(dataset, legsOf(model, dataset, involved), centre));
}
