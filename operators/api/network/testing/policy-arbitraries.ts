import type { V1LabelSelector, V1NetworkPolicyPeer, V1NetworkPolicyPort } from '@kubernetes/client-node';
import fc, { type Arbitrary } from 'fast-check';

import type { Labels } from '../label-selector.ts';
import type { EgressRule, IngressRule, NetworkPolicy } from '../policy.ts';

/** What generated policies may speak of. Few values, so that they often speak of the same thing. */
export interface PolicyVocabulary {
  readonly namespaces: readonly string[];
  /** For `ipBlock`: a block, and what may be excepted from it. */
  readonly blocks: readonly { readonly cidr: string; readonly except: readonly string[] }[];
  readonly ports: readonly number[];
  readonly portNames: readonly string[];
  readonly protocols: readonly string[];
}

/** Every field may be left out: what is missing means something of its own in a policy. */
const anyOrNone: { requiredKeys: [] } = { requiredKeys: [] };

const podLabelValues = { app: ['web', 'db'], tier: ['front', 'back'] };
const namespaceLabelValues = { team: ['red', 'blue'] };

/** Labels of a pod, of the kind that generated selectors select by. */
export const podLabels: Arbitrary<Labels> = labels(podLabelValues);

/** Labels of a namespace, of the kind that generated selectors select by. */
export const namespaceLabels: Arbitrary<Labels> = labels(namespaceLabelValues);

/** Well-formed policies of every form that the API allows, named `p0`, `p1` and so on. */
export function networkPolicies(vocabulary: PolicyVocabulary, most = 6): Arbitrary<NetworkPolicy[]> {
  const candidates = Array.from({ length: most }, (_, index) =>
    fc.option(networkPolicy(vocabulary, `p${index}`), { nil: undefined, freq: 2 }),
  );
  return fc.tuple(...candidates).map((policies) => policies.filter((policy) => policy !== undefined));
}

/** One well-formed policy of that name. */
export function networkPolicy(vocabulary: PolicyVocabulary, name: string): Arbitrary<NetworkPolicy> {
  return fc.record({
    metadata: fc.record({ name: fc.constant(name), namespace: fc.constantFrom(...vocabulary.namespaces) }),
    spec: fc.record(
      {
        podSelector: labelSelector(podLabelValues),
        policyTypes: fc.subarray(['Ingress', 'Egress']),
        ingress: fc.array(ingressRule(vocabulary), { maxLength: 2 }),
        egress: fc.array(egressRule(vocabulary), { maxLength: 2 }),
      },
      anyOrNone,
    ),
  });
}

/** One rule for what selected pods accept. */
export function ingressRule(vocabulary: PolicyVocabulary): Arbitrary<IngressRule> {
  const { peers, ports } = ruleParts(vocabulary);
  return fc.record({ from: peers, ports }, anyOrNone);
}

/** One rule for what selected pods open. */
export function egressRule(vocabulary: PolicyVocabulary): Arbitrary<EgressRule> {
  const { peers, ports } = ruleParts(vocabulary);
  return fc.record({ to: peers, ports }, anyOrNone);
}

function ruleParts(vocabulary: PolicyVocabulary) {
  return {
    peers: fc.array(policyPeer(vocabulary), { maxLength: 2 }),
    ports: fc.array(policyPort(vocabulary), { maxLength: 2 }),
  };
}

function policyPeer({ blocks, namespaces }: PolicyVocabulary): Arbitrary<V1NetworkPolicyPeer> {
  const pods = labelSelector(podLabelValues);
  const spaces = labelSelector({ ...namespaceLabelValues, 'kubernetes.io/metadata.name': namespaces });
  const ipBlock = fc
    .constantFrom(...blocks)
    .chain(({ cidr, except }) =>
      fc.record({ cidr: fc.constant(cidr), except: fc.subarray([...except]) }, { requiredKeys: ['cidr'] }),
    );
  return fc.oneof(
    fc.record({ podSelector: pods }),
    fc.record({ namespaceSelector: spaces }),
    fc.record({ podSelector: pods, namespaceSelector: spaces }),
    fc.record({ ipBlock }),
  );
}

function policyPort({ ports, portNames, protocols }: PolicyVocabulary): Arbitrary<V1NetworkPolicyPort> {
  const protocol = fc.constantFrom(...protocols);
  const range = fc
    .tuple(fc.constantFrom(...ports), fc.constantFrom(...ports))
    .map((ends) => ({ port: Math.min(...ends), endPort: Math.max(...ends) }));
  return fc.oneof(
    fc.record({ protocol, port: fc.constantFrom(...ports) }, anyOrNone),
    fc.record({ protocol, port: fc.constantFrom(...portNames) }, anyOrNone),
    fc.record({ protocol }).chain(({ protocol }) => range.map((ends) => ({ protocol, ...ends }))),
  );
}

function labels(values: Readonly<Record<string, readonly string[]>>): Arbitrary<Labels> {
  return fc
    .tuple(
      ...Object.entries(values).map(([key, choices]) =>
        fc.option(
          fc.constantFrom(...choices).map((value): [string, string] => [key, value]),
          { nil: undefined },
        ),
      ),
    )
    .map((entries) => Object.fromEntries(entries.filter((entry) => entry !== undefined)));
}

function labelSelector(values: Readonly<Record<string, readonly string[]>>): Arbitrary<V1LabelSelector> {
  const requirement = fc.constantFrom(...Object.entries(values)).chain(([key, choices]) =>
    fc.oneof(
      fc.record({
        key: fc.constant(key),
        operator: fc.constantFrom('In', 'NotIn'),
        values: fc.subarray([...choices], { minLength: 1 }),
      }),
      fc.record({ key: fc.constant(key), operator: fc.constantFrom('Exists', 'DoesNotExist') }),
    ),
  );
  return fc.oneof(
    fc.constant({}),
    labels(values).map((matchLabels) => ({ matchLabels: { ...matchLabels } })),
    fc.array(requirement, { minLength: 1, maxLength: 2 }).map((matchExpressions) => ({ matchExpressions })),
  );
}
