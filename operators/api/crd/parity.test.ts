import { describe, expect, it } from 'vitest';
import { KINDS } from '../kinds/registry.ts';
import { parityDocuments } from './testing/parity-documents.ts';

/** What the API server says of the same documents is asked in parity.lab.test.ts. */
describe.each(KINDS)('the zod schema of $kind', (kind) => {
  it('says of every document what its change should lead to', () => {
    const wrong = parityDocuments(kind, 'population')
      .filter(({ verdict }) => verdict !== undefined)
      .filter(({ document, verdict }) => kind.schema.safeParse(document).success !== (verdict === 'accepted'))
      .map(({ title, verdict, document }) => ({ title, verdict, document }));
    expect(wrong).toEqual([]);
  });
});
