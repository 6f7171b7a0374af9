import { describe, expect, it } from 'vitest';
import { readDocuments } from './read-documents.ts';

/** What a person is told about a file: `2:1 ZB-DOC-003 message`. */
function complaints(text: string): string[] {
  return readDocuments({ path: 'a.yaml', text }).findings.map(
    ({ place, code, message }) => `${place.line}:${place.column} ${code} ${message}`,
  );
}

describe('reading the documents of a file', () => {
  it('splits a file at ---, and leaves out what is empty', () => {
    const { documents, findings } = readDocuments({
      path: 'a.yaml',
      text: '# only a comment\n---\nkind: A\n---\n---\nkind: B\n',
    });
    expect(documents.map(({ content }) => content)).toEqual([{ kind: 'A' }, { kind: 'B' }]);
    expect(findings).toEqual([]);
  });

  it('points at a tab', () => {
    expect(complaints('a:\n\tb: 1\n')).toEqual(['2:1 ZB-DOC-003 tabs are not allowed as indentation']);
  });

  it('points at a bracket that is not closed', () => {
    expect(complaints('a: [1, 2\nb: 3\n')[0]).toMatch(/^2:1 ZB-DOC-003 /);
  });

  it('names both lines of a key that stands twice', () => {
    expect(complaints('spec:\n  name: a\n  role: b\n  name: c\n')).toEqual([
      '4:3 ZB-DOC-004 "name" stands twice in one mapping, first on line 2; a key stands once',
    ]);
  });

  it('refuses aliases, which can be made to grow without end', () => {
    const laughs = ['a: &a [x, x]', 'b: &b [*a, *a]', 'c: &c [*b, *b]'].join('\n');
    expect(complaints(laughs)[0]).toBe('2:8 ZB-DOC-005 found the alias *a; aliases are not used in a site');
    expect(readDocuments({ path: 'a.yaml', text: laughs }).documents).toEqual([]);
  });

  it('refuses tags, which would make other values of the text', () => {
    expect(complaints('a: !!binary aGVsbG8=\n')).toEqual([
      '1:13 ZB-DOC-005 found the tag tag:yaml.org,2002:binary; tags are not used in a site',
    ]);
  });

  it('refuses a key that is no text', () => {
    expect(complaints('? [a, b]\n: 1\n')).toEqual(['1:1 ZB-DOC-005 found a key that is not text']);
  });

  it('refuses a key that would be lost without a word, and keeps others that objects inherit', () => {
    expect(complaints('spec:\n  contexts:\n    __proto__: one\n')).toEqual([
      '3:5 ZB-DOC-005 found the key "__proto__", which no mapping of a site may have',
    ]);
    expect(complaints('podLabels: { constructor: a, toString: b }\n')).toEqual([]);
  });

  it('ends with a finding, not with the process, on nesting without end', () => {
    expect(complaints('- '.repeat(100_000))[0]).toMatch(/ZB-DOC-003 nested too deeply$/);
  });

  it('keeps the sound documents of a file in which another is broken', () => {
    const { documents } = readDocuments({ path: 'a.yaml', text: 'a: 1\na: 2\n---\nkind: B\n' });
    expect(documents.map(({ subject }) => subject)).toEqual(['B']);
  });

  it('knows the place of every value, and where a missing one would stand', () => {
    const text = 'kind: T\nspec:\n  centres:\n    - name: a\n      role: b\n    - name: c\n';
    const [document] = readDocuments({ path: 'a.yaml', text }).documents;
    const at = (...path: (string | number)[]): string => {
      const { line, column } = document?.placeOf(path) ?? { line: 0, column: 0 };
      return `${line}:${column}`;
    };
    expect(at('spec', 'centres', 0, 'role')).toBe('5:13');
    expect(at('spec', 'centres', 1)).toBe('6:7');
    expect(at('spec', 'centres')).toBe('3:3');
    expect(at('spec', 'centres', 1, 'role')).toBe('6:7');
    expect(at('spec', 'links')).toBe('2:1');
  });
});
