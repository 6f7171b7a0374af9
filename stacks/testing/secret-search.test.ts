import { describe, expect, it } from 'vitest';
import { findSecrets } from './secret-search.ts';

const SECRET = 'yellow-canary-sings';

/** Names of those texts in which it is found. */
function found(...texts: string[]): readonly string[] {
  return findSecrets(new Map(texts.map((text) => [text, text])), [SECRET]);
}

describe('the search for secrets', () => {
  it('finds one within a line, and none in a line without', () => {
    const line = `{"message":"token=${SECRET}"}`;
    expect(found(line, '{"message":"token=[hidden]"}')).toEqual([line]);
  });

  it.each(['', 'a', 'ab', 'abc', '{"users":[{"user":{"token":"'])(
    'finds it in the base64 of "%s…"',
    (before) => {
      const text = Buffer.from(`${before}${SECRET}", and more`).toString('base64');
      expect(found(text)).toEqual([text]);
    },
  );

  it('finds it in hexadecimal', () => {
    const text = Buffer.from(SECRET).toString('hex');
    expect(found(text)).toEqual([text]);
  });

  it('refuses one that is found anywhere', () => {
    expect(() => findSecrets(new Map(), ['yes'])).toThrow(RangeError);
  });
});
