import { describe, expect, it } from 'vitest';
import type { ResourceType } from '../objects/resource-type.ts';
import { collectionPath, objectPath, withQuery } from './resource-path.ts';

const dataset: ResourceType = {
  apiVersion: 'zaibei.io/v1alpha1',
  kind: 'Dataset',
  plural: 'datasets',
  scope: 'Namespaced',
  keep: (parsed) => parsed,
};
const node: ResourceType = { ...dataset, apiVersion: 'v1', kind: 'Node', plural: 'nodes', scope: 'Cluster' };

describe('the path', () => {
  it('of a group and of the group without a name differ in their root', () => {
    expect(collectionPath(dataset)).toBe('/apis/zaibei.io/v1alpha1/datasets');
    expect(collectionPath(dataset, 'tenant')).toBe('/apis/zaibei.io/v1alpha1/namespaces/tenant/datasets');
    expect(collectionPath(node)).toBe('/api/v1/nodes');
  });

  it('of an object has its namespace and name, and its status below it', () => {
    expect(objectPath(dataset, 'tenant/a')).toBe('/apis/zaibei.io/v1alpha1/namespaces/tenant/datasets/a');
    expect(objectPath(node, 'n1', 'status')).toBe('/api/v1/nodes/n1/status');
  });

  it('cannot be left by a name', () => {
    expect(objectPath(node, '..%2f?x#y')).toBe('/api/v1/nodes/..%252f%3Fx%23y');
  });

  it.each([
    { type: dataset, key: 'a' },
    { type: node, key: 'tenant/a' },
  ])('of $type.kind $key is refused: the scope is another', ({ type, key }) => {
    expect(() => objectPath(type, key)).toThrow(RangeError);
  });

  it('has only the values of a query that are given', () => {
    expect(withQuery('/x', { limit: 5, continue: undefined, watch: true })).toBe('/x?limit=5&watch=true');
    expect(withQuery('/x', { a: undefined })).toBe('/x');
  });
});
