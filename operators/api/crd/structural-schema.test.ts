import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { textSchema, writtenAs } from '../values/text-schema.ts';
import { toStructuralSchema } from './structural-schema.ts';

describe('a structural schema', () => {
  it('is what the API server wants, in a fixed order of keys', () => {
    const schema = z.strictObject({
      count: z.int().min(1).max(9).default(3).meta({ description: 'A count.' }),
      name: z.string().max(5).meta({ description: 'A name.' }),
    });
    expect(JSON.stringify(toStructuralSchema(schema))).toBe(
      JSON.stringify({
        type: 'object',
        required: ['name'],
        properties: {
          count: {
            description: 'A count. Default: `3`.',
            type: 'integer',
            default: 3,
            minimum: 1,
            maximum: 9,
          },
          name: { description: 'A name.', type: 'string', maxLength: 5 },
        },
      }),
    );
  });

  it('says in each description how the value is written, and what it is by default', () => {
    const size = writtenAs(textSchema(/^[0-9]+B$/, 'bytes', 9), 'Size in B.');
    const schema = z.strictObject({ limit: size.default('7B').meta({ description: 'The limit.' }) });
    expect(toStructuralSchema(schema).properties?.limit?.description).toBe(
      'The limit. Size in B. Default: `7B`.',
    );
  });

  it('has the pattern of the expression, without the escapes that only JavaScript wants', () => {
    const path = toStructuralSchema(textSchema(/^(\/[a-z.]+)*\.x$/, 'a path', 9));
    expect(path.pattern).toBe('^(/[a-z.]+)*\\.x$');
    expect(path).not.toHaveProperty('syntax');
  });

  it('keeps what is not structural, for the linter to refuse', () => {
    expect(toStructuralSchema(z.union([z.string(), z.int()]))).toHaveProperty('anyOf');
  });

  it('cannot be made of what JSON has no word for', () => {
    expect(() => toStructuralSchema(z.bigint())).toThrow('BigInt cannot be represented in JSON Schema');
  });
});
