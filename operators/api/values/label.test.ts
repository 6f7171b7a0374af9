import { describe, expect, it } from 'vitest';
import { annotationsSchema, isQualifiedName, labelsSchema, podLabelsSchema } from './label.ts';

describe('the key of a label', () => {
  it.each(['app', 'App_1.x', 'zaibei.io/zone', 'a.b-c.d/e', 'a'.repeat(63), `${'a'.repeat(253)}/b`])(
    'may be %s',
    (key) => {
      expect(isQualifiedName(key)).toBe(true);
    },
  );

  it.each([
    '',
    'a b',
    '-a',
    'a-',
    '/a',
    'a/',
    'a/b/c',
    'A/b',
    'a..b/c',
    '人口',
    'a'.repeat(64),
    `${'a'.repeat(254)}/b`,
  ])('is never "%s"', (key) => {
    expect(isQualifiedName(key)).toBe(false);
  });
});

describe('labels', () => {
  it('may have empty values', () => {
    expect(labelsSchema().safeParse({ app: '', tier: 'A_1.b' }).success).toBe(true);
  });

  it.each(['a b', '-a', '人口', 'a'.repeat(64)])('never have the value "%s"', (value) => {
    expect(labelsSchema().safeParse({ app: value }).success).toBe(false);
  });

  it('say at which key they are wrong', () => {
    const issue = labelsSchema().safeParse({ ok: 'a', 'not ok': 'a' }).error?.issues.at(0);
    expect(issue?.path).toEqual(['not ok']);
    expect(issue?.message).toMatch(/^a label key is up to 63 letters/);
  });

  it('that select pods are at most 16', () => {
    const many = Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`k${index}`, 'v']));
    expect(labelsSchema().safeParse(many).success).toBe(true);
    expect(podLabelsSchema().safeParse(many).error?.issues.at(0)?.message).toBe('use at most 16 labels');
  });
});

describe('no labels', () => {
  it('select no pods: they would select every one', () => {
    expect(labelsSchema().safeParse({}).success).toBe(true);
    expect(podLabelsSchema().safeParse({}).error?.issues.at(0)?.message).toBe('use at least one label');
  });
});

describe('annotations', () => {
  it('may say anything, in up to 256 KiB together', () => {
    expect(annotationsSchema().safeParse({ 'Zaibei.io/note': '多行\n文字' }).success).toBe(true);
    expect(annotationsSchema().safeParse({ a: 'x'.repeat(262_143) }).success).toBe(true);
    expect(
      annotationsSchema()
        .safeParse({ a: 'x'.repeat(262_144) })
        .error?.issues.at(0)?.message,
    ).toBe('use at most 262144 bytes in all annotations');
  });

  it('have keys like those of labels', () => {
    expect(annotationsSchema().safeParse({ 'a b': '' }).error?.issues.at(0)?.message).toMatch(
      /^an annotation key is/,
    );
  });
});
