import { StackError } from '../stack-error.ts';
import { isCanonicalQuantity } from './canonical-quantity.ts';
import { describeObject, type KubernetesObject } from './kubernetes-object.ts';
import { refuseToken } from './template-text.ts';

/** What a canonical object consists of: no undefined, no null, no empty list. */
export type CanonicalValue =
  string | number | boolean | readonly CanonicalValue[] | { readonly [key: string]: CanonicalValue };

type Path = readonly (string | number)[];

/**
 * The object with its keys in order, after a check that it comes back from the API server as it is written: Terraform
 * compares the two, and what differs only in spelling would be "changed" in every plan.
 * @param at construct path of the object, for the message
 * @throws StackError `ZB-STK-001` for null, undefined, empty lists, quantities in another spelling, impossible labels;
 *   `ZB-STK-005` for text that cdktf would take for its own
 */
export function canonicalObject(object: KubernetesObject, at: string): Record<string, CanonicalValue> {
  const place = (path: Path): string => `${at} (${describeObject(object)}): ${fieldOf(path)}`;
  const refuse: (path: Path, problem: string) => never = (path, problem) => {
    throw new StackError('ZB-STK-001', place(path), problem);
  };

  const visit = (value: unknown, path: Path): CanonicalValue => {
    if (value === undefined || value === null) return refuse(path, `${value}; leave the field out`);
    if (Array.isArray(value)) {
      if (value.length === 0) return refuse(path, 'an empty list; leave the field out');
      return value.map((item, index) => visit(item, [...path, index]));
    }
    if (typeof value === 'object') return visitEntries(value, path);
    if (typeof value === 'string') return visitText(value, path);
    if (typeof value === 'boolean' || Number.isFinite(value)) return value as boolean | number; // what isFinite accepts
    return refuse(path, `a ${typeof value}, or a number that is none, has no form in JSON`);
  };

  const visitEntries = (value: object, path: Path): Record<string, CanonicalValue> =>
    Object.fromEntries(
      Object.entries(value)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([key, item]) => {
          refuseToken(key, place([...path, key]));
          return [key, visit(item, [...path, key])];
        }),
    );

  const visitText = (text: string, path: Path): string => {
    refuseToken(text, place(path));
    if (isQuantity(object.kind, path) && !isCanonicalQuantity(text)) {
      return refuse(path, `"${text}" is not as the API server writes it; use canonicalQuantity`);
    }
    if (path.length === 3 && path[0] === 'metadata' && path[1] === 'labels' && !LABEL_VALUE.test(text)) {
      return refuse(path, `"${text}" cannot be a label; free text belongs in an annotation`);
    }
    return text;
  };

  return visitEntries(object, []);
}

const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/** Fields of Kubernetes' own kinds that hold quantities; our kinds keep the spelling they were given. */
function isQuantity(kind: string, path: Path): boolean {
  const parent = path.at(-2);
  const grandparent = path.at(-3);
  switch (kind) {
    case 'ResourceQuota':
      return parent === 'hard';
    case 'LimitRange':
      return ['default', 'defaultRequest', 'max', 'min'].includes(String(parent));
    case 'PersistentVolume':
      return parent === 'capacity';
    default:
      return (
        path.at(-1) === 'sizeLimit' ||
        (grandparent === 'resources' && (parent === 'limits' || parent === 'requests'))
      );
  }
}

function fieldOf(path: Path): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}
