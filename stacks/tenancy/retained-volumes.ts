import { admissionPolicy, type AdmissionPolicy } from './admission-policy.ts';

/**
 * No volume of the zone may go with its claim. Deleting a tenant's namespace, as `destroy` does, deletes its claims;
 * whether the data survives is then decided by the volume's reclaim policy alone, and most storage classes say `Delete`.
 * So the API server refuses to bind a claim of these namespaces to a volume that is not `Retain`: at the very beginning,
 * while there is no data yet.
 * @param namespaces all namespaces in which data may lie
 */
export function retainedVolumes(namespaces: readonly string[]): AdmissionPolicy {
  const list = [...namespaces].sort().map((name) => `'${name}'`);
  return admissionPolicy('zaibei-volumes-are-retained', {
    constraints: {
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
  });
}
