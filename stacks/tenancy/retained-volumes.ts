import type {
  V1ValidatingAdmissionPolicy,
  V1ValidatingAdmissionPolicyBinding,
} from '@kubernetes/client-node';
import type { KubernetesObject } from '../render/kubernetes-object.ts';

const NAME = 'zaibei-volumes-are-retained';

/**
 * No volume of the zone may go with its claim. Deleting a tenant's namespace, as `destroy` does, deletes its claims;
 * whether the data survives is then decided by the volume's reclaim policy alone, and most storage classes say `Delete`.
 * So the API server refuses to bind a claim of these namespaces to a volume that is not `Retain`: at the very beginning,
 * while there is no data yet.
 * @param namespaces all namespaces in which data may lie
 */
export function retainedVolumes(
  namespaces: readonly string[],
): [KubernetesObject<V1ValidatingAdmissionPolicy>, KubernetesObject<V1ValidatingAdmissionPolicyBinding>] {
  const list = [...namespaces].sort().map((name) => `'${name}'`);
  return [
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: NAME },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: [''],
              apiVersions: ['v1'],
              operations: ['CREATE', 'UPDATE'],
              resources: ['persistentvolumes'],
            },
          ],
        },
        variables: [
          {
            name: 'claimedByZone',
            expression: `has(object.spec.claimRef) && has(object.spec.claimRef.namespace) && object.spec.claimRef.namespace in [${list.join(', ')}]`,
          },
        ],
        validations: [
          {
            expression:
              "!variables.claimedByZone || (has(object.spec.persistentVolumeReclaimPolicy) && object.spec.persistentVolumeReclaimPolicy == 'Retain')",
            message:
              'volumes of the data zone outlive their claims: set persistentVolumeReclaimPolicy to Retain, or use a StorageClass with reclaimPolicy Retain',
          },
        ],
      },
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: NAME },
      spec: { policyName: NAME, validationActions: ['Deny'] },
    },
  ];
}
