import { describe, expect, it } from 'vitest';
import { CredentialsError } from '../errors/credentials-error.ts';
import { errorFields } from './error-fields.ts';

/** What reading something that is no URL throws. */
function wrongCall(): Error {
  try {
    return new Error(new URL('no url').href);
  } catch (error) {
    return error as Error; // nothing else is thrown there
  }
}

describe('an error in the log', () => {
  it('has class, code and message, and no stack where it was foreseen', () => {
    expect(errorFields(new CredentialsError('Secret a/b', 'there is none'))).toEqual({
      name: 'CredentialsError',
      code: 'ZB-API-020',
      message: expect.stringContaining('Secret a/b: there is none') as string,
    });
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    expect(errorFields(refused)).not.toHaveProperty('stack');
  });

  it.each([new RangeError('a thing that cannot be'), wrongCall()])(
    'says where it happened when it is a defect: %s',
    (error) => {
      expect(errorFields(error)).toMatchObject({
        name: error.name,
        stack: expect.stringContaining(import.meta.filename) as string,
      });
    },
  );

  it('says what caused it, and what it is made of when it is several', () => {
    const cause = new Error('socket closed');
    expect(errorFields(new Error('list failed', { cause }))).toMatchObject({ cause });
    expect(errorFields(new AggregateError([cause], 'all failed'))).toMatchObject({ errors: [cause] });
  });
});
