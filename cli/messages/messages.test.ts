import { describe, expect, it } from 'vitest';
import { languageOf } from '../frame/language.ts';
import { en } from './en.ts';
import { sayIn } from './say.ts';
import { zh } from './zh.ts';

const blanksOf = (text: string): string[] =>
  Array.from(text.matchAll(/\{(\w+)\}/g), ([, name = '']) => name).sort();

describe('messages', () => {
  it('have the same blanks in every language', () => {
    const blanks = (messages: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(messages).map(([key, text]) => [key, blanksOf(text)]));
    expect(blanks(zh)).toEqual(blanks(en));
  });

  it('are said with their values, which are not read as blanks themselves', () => {
    expect(sayIn('zh')('noKubeconfig', { file: '{file}' })).toContain('{file}');
    expect(sayIn('en')('more', { count: 3 })).toContain('and 3 more');
  });
});

describe('the language', () => {
  it.each([
    [{ LC_ALL: 'zh_CN.UTF-8', LANG: 'en_US.UTF-8' }, 'zh'],
    [{ LC_ALL: '', LANG: 'zh_CN.UTF-8' }, 'zh'],
    [{ LC_MESSAGES: 'en_GB', LANG: 'zh_CN' }, 'en'],
    [{ LANG: 'C' }, 'en'],
    [{}, 'en'],
  ])('of %j is %s', (environment, language) => {
    expect(languageOf(environment)).toBe(language);
  });
});
