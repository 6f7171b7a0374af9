import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { protectionPolicyKind } from '../../api/index.ts';
import { parseExample } from '../../api/kinds/examples/example.ts';
import { resourceTypeOf, type NewObject } from '../../runtime/index.ts';
import { TestOperator } from '../../runtime/testing/test-operator.ts';
import { differingDocuments, differingKinds } from './compare-states.ts';
import { DesiredState } from './desired-state.ts';
import { digestDocument, digestDocuments, type DocumentDigests } from './document-digest.ts';

const policyType = resourceTypeOf(protectionPolicyKind);

/** A policy as people write it, with changes of its spec. */
function policy(name: string, changes: Readonly<Record<string, unknown>> = {}): NewObject {
  const { apiVersion, kind, spec } = protectionPolicyKind.schema.parse(parseExample(protectionPolicyKind));
  const object = { apiVersion, kind, metadata: { name }, spec: { ...spec, ...changes } };
  return object;
}

describe('the desired state of a centre', () => {
  it('is the same whatever order its documents came in, and whatever their status says', () => {
    const [one, other] = [new TestOperator(), new TestOperator({ centre: 'local-dr' })];
    one.have(policyType, policy('a'));
    one.have(policyType, policy('b'));
    other.have(policyType, policy('b'));
    other.have(policyType, policy('a'));
    const object = { ...policy('a'), status: { phase: 'Ready' } };
    one.server.applyStatus(policyType, object, 'zaibei-test');
    const summary = new DesiredState(one.dependencies.readers).summary();
    expect(summary?.kinds.find(({ kind }) => kind === 'ProtectionPolicy')?.documents).toBe(2);
    expect(new DesiredState(other.dependencies.readers).summary()).toEqual(summary);
  });

  it('follows each change, and names the kind and the documents that differ', () => {
    const [one, other] = [new TestOperator(), new TestOperator()];
    const [own, theirs] = [one, other].map(({ dependencies }) => new DesiredState(dependencies.readers));
    if (own === undefined || theirs === undefined) throw new Error('there are two');
    const differences = (): readonly string[] => {
      const [ours, peers] = [own.summary(), theirs.summary()];
      return ours && peers ? differingKinds(ours, peers) : ['not synced'];
    };
    expect(differences()).toEqual([]);
    one.have(policyType, policy('a'));
    expect(differences()).toEqual(['ProtectionPolicy']);
    other.have(policyType, policy('a'));
    expect(differences()).toEqual([]);
    one.have(policyType, policy('a', { timed: undefined }));
    one.have(policyType, policy('b'));
    other.have(policyType, policy('c'));
    const kind = 'ProtectionPolicy';
    expect(differingDocuments(own.documents(kind), theirs.documents(kind))).toEqual([
      'a',
      'b (only here)',
      'c (only there)',
    ]);
  });
});

describe('digests of documents', () => {
  it('differ with kind, key and spec, and with nothing else', () => {
    const document = {
      kind: 'Dataset',
      metadata: { name: 'a', namespace: 'n' },
      spec: { size: '1GiB', class: 'core' },
    };
    const same = {
      ...document,
      spec: { class: 'core', size: '1GiB' },
      status: {},
      metadata: { ...document.metadata, labels: {} },
    };
    expect(digestDocument(same)).toBe(digestDocument(document));
    const others = [
      { ...document, kind: 'DataZone' },
      { ...document, metadata: { name: 'b', namespace: 'n' } },
      { ...document, spec: { size: '1GiB' } },
    ];
    expect(new Set([document, ...others].map(digestDocument)).size).toBe(4);
  });

  it('name every document that differs, and none that does not', () => {
    const digests = fc
      .dictionary(fc.constantFrom('a', 'b', 'n/c', 'n/d'), fc.constantFrom('x', 'y'))
      .map((specs): DocumentDigests => {
        const entries = Object.entries(specs).map(
          ([name, spec]) => [name, digestDocument({ kind: 'K', metadata: { name }, spec })] as const,
        );
        return new Map(entries);
      });
    fc.assert(
      fc.property(digests, digests, (own, theirs) => {
        const named = differingDocuments(own, theirs);
        expect(named.length === 0).toBe(digestDocuments(own) === digestDocuments(theirs));
        expect(differingDocuments(theirs, own)).toHaveLength(named.length);
      }),
    );
  });
});
