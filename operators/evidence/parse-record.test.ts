import { describe, expect, it } from 'vitest';
import { parseRecord } from './parse-record.ts';
import { sealRecord } from './seal-record.ts';
import { THEN, voteEntry } from './testing/journal-folder.ts';

const { text: TEXT, record: RECORD } = sealRecord(voteEntry(1), {
  centre: 'production',
  head: undefined,
  time: THEN,
  algorithm: 'sha256',
});

const bytesOf = (text: string): Uint8Array => Buffer.from(text);

describe('the file of a record', () => {
  it('is read as what was written', () => {
    expect(parseRecord(bytesOf(TEXT))).toEqual({ record: RECORD });
  });

  it('may be of a kind that this program does not know', () => {
    expect(parseRecord(bytesOf(TEXT.replace('"kind":"vote"', '"kind":"moon-phase"'))).record?.kind).toBe(
      'moon-phase',
    );
  });

  it.each([
    ['a newline at its end', `${TEXT}\n`],
    ['a blank', TEXT.replace('"centre":', '"centre": ')],
    ['a member twice', TEXT.replace('"epoch":1', '"epoch":9,"epoch":1')],
    ['members in another order', TEXT.replace(/^\{("actor":"[^"]*"),(.*)\}$/, '{$2,$1}')],
    ['an escape where none is needed', TEXT.replace('production', '\\u0070roduction')],
    ['a number in another form', TEXT.replace('"epoch":1', '"epoch":1.0')],
    ['half a character', TEXT.replace('production', '\\ud83d')],
  ])('is refused with %s: it is not canonical', (_, text) => {
    expect(text).not.toBe(TEXT);
    expect(parseRecord(bytesOf(text))).toEqual({ problem: 'the file is not in canonical form' });
  });

  it.each([
    ['nothing in it', new Uint8Array(), 'the file is empty'],
    ['half a record', bytesOf(TEXT.slice(0, 80)), 'the file is not JSON'],
    ['a byte order mark', bytesOf(`\ufeff${TEXT}`), 'the file is not JSON'],
    [
      'bytes that are no UTF-8',
      Buffer.from(TEXT.replace('production', '\u00ff'), 'latin1'),
      'the file is not JSON',
    ],
    ['a list', bytesOf('[]'), 'the file is no record'],
    [
      'a member that no record has',
      bytesOf(TEXT.replace('{"actor"', '{"a":1,"actor"')),
      'Unrecognized key: "a"',
    ],
    ['another format', bytesOf(TEXT.replace('journal/1', 'journal/2')), 'at format'],
    ['a day that does not exist', bytesOf(TEXT.replace('2026-11-23', '2026-02-30')), 'at time'],
  ])('is refused with %s', (_, bytes, problem) => {
    expect(parseRecord(bytes).problem).toContain(problem);
  });
});
