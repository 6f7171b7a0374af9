import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatHead, parseHead } from './journal-head.ts';
import { LAST_SEQUENCE } from './journal-record.ts';

const DIGEST = `sha256:${'0'.repeat(64)}` as const;

describe('a head as one word', () => {
  it('comes back as it was', () => {
    const heads = fc.record({
      sequence: fc.integer({ min: 1, max: LAST_SEQUENCE }),
      digest: fc.constantFrom(DIGEST, `sm3:${'ab'.repeat(32)}` as const),
    });
    fc.assert(
      fc.property(heads, (head) => {
        expect(parseHead(formatHead(head))).toEqual(head);
      }),
    );
  });

  it.each([
    '',
    '@',
    DIGEST,
    `${DIGEST}@`,
    `${DIGEST}@0`,
    `${DIGEST}@01`,
    `${DIGEST}@1e3`,
    `${DIGEST}@1@1`,
    'sha256:0@1',
  ])('is not "%s"', (text) => {
    expect(() => parseHead(text)).toThrow(expect.objectContaining({ code: 'ZB-EVD-008' }));
  });
});
