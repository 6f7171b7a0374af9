import { describe, expect, it } from 'vitest';
import { RULES } from '../operators/api/rules/rule-table.ts';
import { rulePages } from './rules.ts';

describe('the page of rules', () => {
  it('explains every code once', () => {
    const [page] = rulePages();
    const told = [...(page?.text ?? '').matchAll(/^\| (ZB-(?!DOC)[A-Z]{3}-\d{3}) \|/gm)].map(
      ([, code]) => code,
    );
    expect(told).toEqual(RULES.map(({ code }) => code));
  });
});
