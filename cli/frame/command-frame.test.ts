import { describe, expect, it } from 'vitest';
import { plainLine } from './command-frame.ts';

describe('a line of a text that is not ours', () => {
  it.each([
    ['colours and a title', '\u001b[31mred\u001b]0;title\u0007 end', 'red end'],
    ['a sequence in one sign', 'a\u009b2Jb', 'ab'],
    ['line breaks of all kinds', 'a\nb\r\nc\u2028d\u2029e', 'a b c d e'],
    ['signs that turn the direction of writing around', 'un\u202edetcetorp\u2066', 'un detcetorp '],
    ['nothing of it', '人口库 · population', '人口库 · population'],
  ])('has %s taken out', (_what, text, expected) => {
    expect(plainLine(text)).toBe(expected);
  });
});
