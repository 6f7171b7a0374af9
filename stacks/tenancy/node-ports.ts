import type { Dataset } from '../../operators/api/kinds/dataset.ts';
import type { Centre } from '../../operators/api/kinds/topology.ts';
import type { TenantView } from '../centre-view.ts';
import { endpointOf } from '../isolation/legs.ts';
import { admissionPolicy, inNamespacesFor, type AdmissionPolicy } from './admission-policy.ts';

/**
 * The NodePorts at which datasets answer in a centre, in ascending order: an address that is stated for one centre is
 * that of its nodes. A name that is valid everywhere is somebody else's.
 */
export function nodePortsIn(datasets: readonly Dataset[], centre: Centre): number[] {
  const addresses = datasets.flatMap((dataset) => endpointOf(dataset)?.perCentre ?? []);
  const ports = addresses.filter((address) => address.centre === centre.name).map(({ port }) => port);
  return [...new Set(ports)].sort((one, other) => one - other);
}

/**
 * A tenant opens those NodePorts of a centre that its datasets declare, and no other: every node listens at a NodePort,
 * and whoever takes the number of another department first keeps its database from coming up there, on the day of a
 * takeover too. A Service that names no number is given a free one, which may be the declared one of somebody else.
 */
export function declaredNodePorts(tenants: readonly TenantView[], centre: Centre): AdmissionPolicy {
  const entries = tenants
    .map(({ tenant, datasets }) => ({ name: tenant.name, ports: nodePortsIn(datasets, centre) }))
    .filter(({ ports }) => ports.length > 0)
    .map(({ name, ports }) => `'${name}': [${ports.join(', ')}]`);
  return admissionPolicy('zaibei-node-ports-are-declared', {
    constraints: inNamespacesFor(['tenant'], 'services', ['CREATE', 'UPDATE']),
    variables: [
      { name: 'declared', expression: `{${entries.join(', ')}}` },
      {
        name: 'own',
        expression:
          'object.metadata.namespace in variables.declared ? variables.declared[object.metadata.namespace] : []',
      },
    ],
    validations: [
      {
        expression:
          "!has(object.spec.type) || object.spec.type != 'NodePort' || object.spec.ports.all(port, has(port.nodePort) && port.nodePort in variables.own)",
        message:
          'a NodePort of a tenant is one at which its datasets answer in this centre: state the port in the Dataset (endpoint.perCentre), and the same in nodePort',
      },
    ],
  });
}
