import { describe, expect, it } from 'vitest';
import { digestOf, hasDigest, parseDigest } from './digest.ts';

describe('a digest', () => {
  it.each([
    // FIPS 180-2 appendix B.1; GB/T 32905-2016 appendix A.1 and A.2.
    ['abc', 'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['abc', 'sm3:66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'],
    ['abcd'.repeat(16), 'sm3:debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732'],
  ] as const)('of "%s" is the one of the standard: %s', (content, digest) => {
    expect(digestOf(content, digest.startsWith('sm3') ? 'sm3' : 'sha256')).toBe(digest);
    expect(hasDigest(content, digest)).toBe(true);
    expect(hasDigest(`${content}.`, digest)).toBe(false);
  });

  it('of a text is the one of its UTF-8', () => {
    expect(digestOf('灾备')).toBe(digestOf(Buffer.from('灾备')));
  });

  it.each([
    '',
    'md5:00',
    `sha256:${'A'.repeat(64)}`,
    `sha256:${'0'.repeat(63)}`,
    ` sha256:${'0'.repeat(64)}`,
  ])('is not read from "%s"', (text) => {
    expect(() => parseDigest(text)).toThrow(/^ZB-EVD-008 .* is no digest: use sha256: or sm3:/);
  });
});
