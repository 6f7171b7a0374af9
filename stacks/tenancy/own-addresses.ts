import { admissionPolicy, inNamespacesFor, type AdmissionPolicy } from './admission-policy.ts';

/**
 * No Service of a tenant claims an address that is not its own. Every node sends what goes to a Service's external
 * address and port to the tenant's pods: with the address of a node and port 6443, one department takes the API server
 * of a whole centre, or reads what others send (CVE-2020-8554). A load balancer gets such addresses too, and whoever runs
 * it decides which.
 */
export function ownAddresses(): AdmissionPolicy {
  return admissionPolicy('zaibei-services-own-their-addresses', {
    constraints: inNamespacesFor(['tenant'], 'services', ['CREATE', 'UPDATE']),
    validations: [
      {
        expression: '!has(object.spec.externalIPs) || size(object.spec.externalIPs) == 0',
        message: 'a Service of a tenant has no externalIPs: they would take the traffic of others',
      },
      {
        expression: "!has(object.spec.type) || object.spec.type != 'LoadBalancer'",
        message: 'a Service of a tenant is no LoadBalancer: use ClusterIP, or NodePort for a dataset',
      },
    ],
  });
}
