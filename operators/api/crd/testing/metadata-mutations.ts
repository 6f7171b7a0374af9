import type { Kind } from '../../kinds/kind.ts';
import type { Mutation, Verdict } from './mutation.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Changes to what stands around the spec of a document: `apiVersion`, `kind`, `metadata` and strange fields. */
export function metadataMutations(document: Fields, kind: Kind): Mutation[] {
  const around = (title: string, change: Fields, verdict: Verdict): Mutation => {
    return { title, value: { ...document, ...change }, verdict };
  };
  const { metadata } = document;
  const each = (verdict: Verdict, key: string, values: readonly unknown[]): Mutation[] =>
    values.map((value) => {
      const changed = { ...asFields(metadata), [key]: value };
      return around(`metadata: ${key} ${show(value)}`, { metadata: changed }, verdict);
    });
  return [
    around('an older version', { apiVersion: 'zaibei.io/v1' }, 'refused'),
    around('the version of another group', { apiVersion: 'v1' }, 'refused'),
    around('no version', { apiVersion: undefined }, 'refused'),
    around('another kind', { kind: `${kind.kind}s` }, 'refused'),
    around('the kind in small letters', { kind: kind.kind.toLowerCase() }, 'refused'),
    around('no kind', { kind: undefined }, 'refused'),
    around('no metadata', { metadata: undefined }, 'refused'),
    around('metadata null', { metadata: null }, 'refused'),
    around('no spec', { spec: undefined }, 'refused'),
    around('spec null', { spec: null }, 'refused'),
    around('spec a list', { spec: [] }, 'refused'),
    around('a field beside the spec', { Spec: {} }, 'refused'),
    ...each('accepted', 'name', ['a', 'a'.repeat(63), '1-2']),
    ...each('refused', 'name', [undefined, '', 'A', 'a.b', 'a_b', '-a', 'a-', 'a'.repeat(64), '人口', 7]),
    ...each('accepted', 'labels', [
      {},
      { app: 'x' },
      { 'zaibei.io/z': 'A_1.b' },
      { [`${'a'.repeat(253)}/b`]: '' },
    ]),
    ...each('refused', 'labels', [
      { 'a b': '' },
      { a: 'x y' },
      { a: 'a'.repeat(64) },
      { a: 1 },
      { a: true },
      ['a'],
      'a',
    ]),
    ...each('accepted', 'annotations', [{}, { 'Zaibei.io/note': '多行\n文字' }, { a: 'x'.repeat(1000) }]),
    ...each('refused', 'annotations', [{ 'a b': 'x' }, { a: 1 }, { a: 'x'.repeat(262_144) }, 'a']),
    ...each('refused', 'owner', ['somebody']),
    ...(kind.scope === 'Namespaced' ? each('refused', 'namespace', ['Other', 'a'.repeat(64), 7]) : []),
  ];
}

function show(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value).slice(0, 60);
}

function asFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
