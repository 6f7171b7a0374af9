import { describe, expect, test } from 'vitest';
import { ask, sampleCluster } from './sample-cluster.ts';

/** A policy set as people write it, with connections of the sample cluster that must pass and others that must not. */
export interface Recipe {
  readonly title: string;
  /** NetworkPolicies as YAML; the namespace is `default` unless one is named. */
  readonly policies: string;
  readonly allowed: readonly string[];
  readonly denied: readonly string[];
}

/** Makes a test of every connection that a recipe names. */
export function testRecipes(recipes: readonly Recipe[]): void {
  describe.each(recipes)('$title', ({ policies, allowed, denied }) => {
    const cluster = sampleCluster(policies);
    test.each(allowed)('%s passes', (question) => {
      expect(ask(cluster, question)).toMatchObject({ allowed: true });
    });
    test.each(denied)('%s is refused', (question) => {
      expect(ask(cluster, question)).toMatchObject({ allowed: false });
    });
  });
}
