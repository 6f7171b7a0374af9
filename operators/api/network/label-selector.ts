import type { V1LabelSelector } from '@kubernetes/client-node';

import { NetworkPolicyError } from './network-policy-error.ts';

/** Labels of a pod or a namespace. */
export type Labels = Readonly<Record<string, string>>;

/** One demand on the labels; `matchLabels` become `In` with one value. */
type Requirement =
  | { readonly operator: 'In' | 'NotIn'; readonly key: string; readonly values: readonly string[] }
  | { readonly operator: 'Exists' | 'DoesNotExist'; readonly key: string };

/** A label selector that was read and found well-formed: all requirements must hold, none means everything. */
export type Selector = readonly Requirement[];

/**
 * Reads a label selector.
 * @param at the field that holds it, for the message
 * @throws NetworkPolicyError `ZB-NPL-001` for an operator that does not exist, or values where none or some must be
 */
export function parseSelector(selector: V1LabelSelector, at: string): Selector {
  const labels = Object.entries(selector.matchLabels ?? {}).map(([key, value]): Requirement => ({
    operator: 'In',
    key,
    values: [value],
  }));
  const expressions = (selector.matchExpressions ?? []).map(({ key, operator, values = [] }, index) => {
    const field = `${at}.matchExpressions[${index}]`;
    switch (operator) {
      case 'In':
      case 'NotIn':
        if (values.length > 0) return { operator, key, values };
        throw new NetworkPolicyError('ZB-NPL-001', field, `${operator} needs at least one value`);
      case 'Exists':
      case 'DoesNotExist':
        if (values.length === 0) return { operator, key };
        throw new NetworkPolicyError('ZB-NPL-001', field, `${operator} takes no values`);
      default:
        throw new NetworkPolicyError(
          'ZB-NPL-001',
          field,
          `operator "${operator}" is not one of In, NotIn, Exists, DoesNotExist`,
        );
    }
  });
  return [...labels, ...expressions];
}

/**
 * Whether the labels meet every requirement. API documentation (LabelSelector): requirements are ANDed; an empty
 * selector matches everything; `NotIn` also matches where the key is absent.
 */
export function matchesSelector(selector: Selector, labels: Labels): boolean {
  return selector.every((requirement) => {
    const value = labels[requirement.key];
    switch (requirement.operator) {
      case 'In':
        return value !== undefined && requirement.values.includes(value);
      case 'NotIn':
        return value === undefined || !requirement.values.includes(value);
      case 'Exists':
        return value !== undefined;
      case 'DoesNotExist':
        return value === undefined;
    }
  });
}
