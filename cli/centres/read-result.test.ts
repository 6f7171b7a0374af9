import { describe, expect, it } from 'vitest';
import { ApiError } from '../../operators/runtime/index.ts';
import { problemOf } from './read-result.ts';

const call = { verb: 'list', object: 'Topology', cluster: 'production', confidential: false } as const;

describe('why something could not be read', () => {
  it('is that no answer came, where time was up', () => {
    const error = new ApiError(call, {
      status: undefined,
      reason: 'Aborted',
      message: 'the caller gave up.',
    });
    expect(problemOf(error)).toEqual({ reason: 'Timeout', message: 'no answer within 3 s' });
  });

  it('is what the API server says, where it says anything', () => {
    const error = ApiError.refused(call, { code: 403, reason: 'Forbidden', message: 'not you' });
    expect(problemOf(error)).toMatchObject({
      reason: 'Forbidden',
      message: expect.stringContaining('not you') as string,
    });
  });

  it('is the message of anything else that went wrong', () => {
    expect(problemOf(new Error('the file is gone'))).toEqual({
      reason: 'Failed',
      message: 'the file is gone',
    });
  });
});
