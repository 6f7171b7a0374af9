import { describe, expect, it } from 'vitest';
import { lineSchema, nameSchema } from './name.ts';

describe('a name', () => {
  it.each(['a', 'a-b', '1', 'local-dr', 'a'.repeat(63)])('may be %s', (text) => {
    expect(nameSchema().safeParse(text).success).toBe(true);
  });

  it.each(['', 'A', 'a_b', '-a', 'a-', 'a.b', '福州', 'a b', 'a'.repeat(64)])('is never "%s"', (text) => {
    expect(nameSchema().safeParse(text).success).toBe(false);
  });

  it('says what is allowed', () => {
    expect(nameSchema().safeParse('Fuzhou').error?.issues.at(0)?.message).toBe(
      'use lower-case letters, digits and "-", with a letter or digit first and last',
    );
  });
});

describe('a line', () => {
  it('is counted by characters, as the API server counts: a rare one such as 𠮷 is one', () => {
    expect(lineSchema(3).safeParse('𠮷𠮷𠮷').success).toBe(true);
    expect(lineSchema(3).safeParse('福建省数').error?.issues.at(0)).toMatchObject({
      code: 'too_big',
      maximum: 3,
    });
    expect(lineSchema(3).safeParse('𠮷𠮷𠮷𠮷').success).toBe(false);
  });

  it.each(['', 'a\nb', 'a\tb', 'a\rb', ' ', ' a', 'a ', '\u3000', '福州\u3000'])('is never %j', (text) => {
    expect(lineSchema().safeParse(text).success).toBe(false);
  });

  it.each(['a', '𠮷', 'a b', '福州\u3000市'])('may be %j', (text) => {
    expect(lineSchema().safeParse(text).success).toBe(true);
  });
});
