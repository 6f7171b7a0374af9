import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeTemplate } from './template-text.ts';

/** What Terraform makes of a text that holds no template of its own. */
const readByTerraform = (text: string): string =>
  text.replace(/([$%])\1\{/g, (_, sign: string) => `${sign}{`);

describe('escapeTemplate', () => {
  it.each([
    ['${datasource}', '$${datasource}'],
    ['%{ if x }', '%%{ if x }'],
    ['a $ sign, 100 %, {braces}', 'a $ sign, 100 %, {braces}'],
    ['${a}${b}%{c}', '$${a}$${b}%%{c}'],
  ])('makes %s stand for itself', (text, escaped) => {
    expect(escapeTemplate(text)).toBe(escaped);
  });

  it('leaves no template in any text, and Terraform reads the text again', () => {
    const texts = fc
      .array(fc.constantFrom('${', '%{', '}', '$', '%', 'x', ' '))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        // `$${` before the escape already means a literal `${`: such texts cannot be told apart from escaped ones.
        fc.pre(!/\$\$\{|%%\{/.test(text));
        expect(readByTerraform(escapeTemplate(text))).toBe(text);
      }),
      { seed: 7 },
    );
  });
});
