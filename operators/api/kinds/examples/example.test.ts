import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { KINDS } from '../registry.ts';
import { siteSchema } from '../site.ts';
import { fileNameOf, parseExample, readExample } from './example.ts';

describe('the examples', () => {
  it.each(KINDS)('of $kind are of the right shape', (kind) => {
    expect(kind.schema.safeParse(parseExample(kind)).error).toBeUndefined();
  });

  it('of Site are of the right shape', () => {
    expect(siteSchema.safeParse(parse(readExample({ kind: 'Site' }))).error).toBeUndefined();
  });

  it('are copies: who changes one changes no other', () => {
    const [kind] = KINDS;
    if (kind === undefined) throw new Error('no kinds');
    parseExample(kind).spec = {};
    expect(kind.schema.safeParse(parseExample(kind)).success).toBe(true);
  });

  it('have the file names that people expect', () => {
    expect(KINDS.map(fileNameOf)).toEqual([
      'topology',
      'data-zone',
      'protection-policy',
      'dataset',
      'placement',
      'backup-store',
      'claim',
      'vote',
    ]);
  });
});
