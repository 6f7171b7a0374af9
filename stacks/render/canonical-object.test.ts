import { describe, expect, it } from 'vitest';
import { canonicalObject } from './canonical-object.ts';
import type { KubernetesObject } from './kubernetes-object.ts';

const quota = (hard: object, labels?: Record<string, string>): KubernetesObject<{ spec: object }> => ({
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { namespace: 'tax', name: 'quota', ...(labels && { labels }) },
  spec: { hard },
});

const refusal = (object: KubernetesObject): string => {
  try {
    canonicalObject(object, 'production-zone/quota');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'nothing was refused';
};

describe('canonicalObject', () => {
  it('puts keys in order, so that the same object is the same text', () => {
    const one = canonicalObject(quota({ pods: '3', 'requests.cpu': '1' }), '');
    const other = canonicalObject(quota({ 'requests.cpu': '1', pods: '3' }), '');
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  });

  it.each([
    ['null', { pods: null }, 'spec.hard.pods: null; leave the field out'],
    ['undefined', { pods: undefined }, 'spec.hard.pods: undefined; leave the field out'],
    ['an empty list', { scopes: [] }, 'spec.hard.scopes: an empty list; leave the field out'],
    ['a null in a list', { scopes: ['a', null] }, 'spec.hard.scopes[1]: null; leave the field out'],
    ['a number that is none', { pods: Number.NaN }, 'spec.hard.pods: a number'],
    [
      'a quantity in another spelling',
      { 'requests.cpu': '1000m' },
      'spec.hard.requests.cpu: "1000m" is not as the API server writes it',
    ],
  ])('refuses %s, naming construct, object and field', (_, hard, message) => {
    expect(refusal(quota(hard))).toContain(
      `ZB-STK-001 production-zone/quota (ResourceQuota tax/quota): ${message}`,
    );
  });

  it('refuses a label that no API server takes', () => {
    expect(refusal(quota({ pods: '1' }, { owner: '省公安厅' }))).toContain(
      'metadata.labels.owner: "省公安厅" cannot be a label; free text belongs in an annotation',
    );
  });

  it.each([
    ['a text', { note: 'see ${TfToken[TOKEN.0]}' }, 'spec.hard.note'],
    ['a key', { '&{TfToken[TOKEN.1]}': 'x' }, 'spec.hard.&{TfToken[TOKEN.1]}'],
  ])('refuses %s that cdktf would take for a value of its own', (_, hard, field) => {
    expect(refusal({ ...quota(hard), kind: 'Example' })).toBe(
      `ZB-STK-005 production-zone/quota (Example tax/quota): ${field}: "TfToken[" is how cdktf marks values of its own; write it otherwise`,
    );
  });

  it('leaves the spelling of our own kinds alone: the API server does too', () => {
    const zone = { ...quota({}), kind: 'DataZone', spec: { quota: { cpu: '1000m' } } };
    expect(refusal(zone)).toBe('nothing was refused');
  });
});
