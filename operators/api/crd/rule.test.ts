import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { atomicList, exactlyOneOf, immutable, mapList, RULES_KEYWORD, setList, withRules } from './rule.ts';

function issuesOf(schema: z.ZodType, value: unknown): { path: PropertyKey[]; message: string }[] {
  return (schema.safeParse(value).error?.issues ?? []).map(({ path, message }) => ({ path, message }));
}

describe('exactly one of several variants', () => {
  const place = exactlyOneOf(
    z.strictObject({ volume: z.string().optional(), s3: z.string().optional(), note: z.string().optional() }),
    'volume',
    's3',
  );

  it('takes one', () => {
    expect(issuesOf(place, { volume: 'a', note: 'b' })).toEqual([]);
  });

  it.each([{}, { note: 'b' }, { volume: 'a', s3: 'b' }])(
    'refuses %j in the words of its CEL rule',
    (value) => {
      const message = 'set exactly one of volume, s3';
      expect(issuesOf(place, value)).toEqual([{ path: [], message }]);
      expect(place.meta()?.[RULES_KEYWORD]).toEqual([
        { rule: '[has(self.volume), has(self.s3)].exists_one(set, set)', message },
      ]);
    },
  );
});

describe('lists', () => {
  const port = z.strictObject({ port: z.int(), protocol: z.enum(['TCP', 'UDP']).default('TCP') });

  it('with keys refuse an entry whose keys stand before, defaults included', () => {
    const ports = mapList(port, ['port', 'protocol'], 4);
    expect(issuesOf(ports, [{ port: 53 }, { port: 53, protocol: 'UDP' }])).toEqual([]);
    expect(issuesOf(ports, [{ port: 53 }, { port: 80 }, { port: 53, protocol: 'TCP' }])).toEqual([
      { path: [2], message: 'two entries have the same port and protocol' },
    ]);
  });

  it('without order refuse a value that stands before', () => {
    expect(issuesOf(setList(z.string(), 4), ['a', 'b', 'a'])).toEqual([
      { path: [2], message: 'the same value stands twice' },
    ]);
  });

  it('with order take a value again', () => {
    expect(issuesOf(atomicList(z.string(), 4), ['a', 'a'])).toEqual([]);
  });

  it.each([mapList(port, ['port'], 1), setList(z.string(), 1), atomicList(z.string(), 1)])(
    'are bounded',
    (list) => {
      expect(list.safeParse(Array.from({ length: 2 }, () => undefined)).error?.issues).toContainEqual(
        expect.objectContaining({ code: 'too_big', maximum: 1 }),
      );
    },
  );
});

describe('rules', () => {
  const first = { rule: 'a', message: 'A' };
  const second = { rule: 'b', message: 'B' };

  it('add to those that are there, and go with the schema where it is made optional or described', () => {
    const schema = withRules(withRules(z.strictObject({}), first), second);
    expect(schema.meta()?.[RULES_KEYWORD]).toEqual([first, second]);
    expect(schema.meta({ description: 'A.' }).meta()?.[RULES_KEYWORD]).toEqual([first, second]);
  });

  it('leave the schema alone that they were added to', () => {
    const plain = z.strictObject({});
    withRules(plain, first);
    expect(plain.meta()?.[RULES_KEYWORD]).toBeUndefined();
  });

  it('can keep a value as it was created, by name', () => {
    expect(immutable(z.string(), 'centre').meta()?.[RULES_KEYWORD]).toEqual([
      { rule: 'self == oldSelf', message: 'centre cannot be changed; make a new object instead' },
    ]);
  });
});
