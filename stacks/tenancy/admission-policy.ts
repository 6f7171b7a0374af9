import type {
  V1ValidatingAdmissionPolicy,
  V1ValidatingAdmissionPolicyBinding,
  V1ValidatingAdmissionPolicySpec,
} from '@kubernetes/client-node';
import { LABELS, type Purpose } from '../../operators/api/layout/labels.ts';
import type { KubernetesObject } from '../render/kubernetes-object.ts';

/** A rule that the API server itself enforces, and the binding that puts it in force. */
export type AdmissionPolicy = [
  KubernetesObject<V1ValidatingAdmissionPolicy>,
  KubernetesObject<V1ValidatingAdmissionPolicyBinding>,
];

/** What a policy asks, besides how it fails. */
export type AdmissionRule = Pick<V1ValidatingAdmissionPolicySpec, 'variables' | 'validations'> & {
  readonly constraints: NonNullable<V1ValidatingAdmissionPolicySpec['matchConstraints']>;
};

/** A policy that refuses what breaks its rule, also when the rule itself cannot be worked out. */
export function admissionPolicy(name: string, { constraints, ...rule }: AdmissionRule): AdmissionPolicy {
  return [
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name },
      spec: { failurePolicy: 'Fail', matchConstraints: constraints, ...rule },
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name },
      spec: { policyName: name, validationActions: ['Deny'] },
    },
  ];
}

/** Objects of one core resource in the namespaces of zaibei that serve one of the purposes, and in no other. */
export function inNamespacesFor(
  purposes: readonly Purpose[],
  resource: string,
  operations: readonly ('CREATE' | 'UPDATE')[],
): AdmissionRule['constraints'] {
  return {
    namespaceSelector: {
      matchExpressions: [{ key: LABELS.purpose, operator: 'In', values: [...purposes] }],
    },
    resourceRules: [
      { apiGroups: [''], apiVersions: ['v1'], operations: [...operations], resources: [resource] },
    ],
  };
}
