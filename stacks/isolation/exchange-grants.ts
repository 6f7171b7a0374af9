import type { DataZone } from '../../operators/api/kinds/data-zone.ts';
import type { ExchangeGrant } from '../../operators/api/kinds/exchange-grant.ts';
import { ANNOTATIONS } from '../../operators/api/layout/labels.ts';
import { networkPolicy, podsIn, type NetworkPolicyObject } from './network-policy.ts';

/**
 * The policies of a zone's exchange grants, the only paths between two tenants: one on each side, because a connection
 * passes only where both sides agree. A grant whose last day is over never gets here: the site is refused until the grant
 * is withdrawn or approved again, and either way the next deployment does what the document says.
 */
export function exchangeGrantPolicies({ spec }: DataZone): NetworkPolicyObject[] {
  return (spec.exchangeGrants ?? []).flatMap((grant) => [askingSide(grant), servingSide(grant)]);
}

function askingSide(grant: ExchangeGrant): NetworkPolicyObject {
  const { from, to } = grant;
  return networkPolicy(
    { namespace: from.tenant, name: `grant-${grant.name}-asks`, annotations: annotationsOf(grant) },
    {
      ...(from.podLabels && { pods: from.podLabels }),
      egress: [{ to: [podsIn(to.tenant, to.podLabels)], ports: to.ports }],
    },
  );
}

function servingSide(grant: ExchangeGrant): NetworkPolicyObject {
  const { from, to } = grant;
  return networkPolicy(
    { namespace: to.tenant, name: `grant-${grant.name}-serves`, annotations: annotationsOf(grant) },
    {
      ...(to.podLabels && { pods: to.podLabels }),
      ingress: [{ from: [podsIn(from.tenant, from.podLabels)], ports: to.ports }],
    },
  );
}

function annotationsOf({ purpose, approvedBy, until }: ExchangeGrant): Record<string, string> {
  return {
    [ANNOTATIONS.purpose]: purpose,
    [ANNOTATIONS.approvedBy]: approvedBy,
    ...(until !== undefined && { [ANNOTATIONS.until]: until }),
  };
}
