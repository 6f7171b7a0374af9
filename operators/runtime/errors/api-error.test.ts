import { describe, expect, it } from 'vitest';
import { ApiError, failedAs, type ApiCall } from './api-error.ts';
import { readStatus } from './api-status.ts';

const CALL: ApiCall = {
  verb: 'apply',
  object: 'Dataset tenant/orders',
  cluster: 'production',
  confidential: false,
};

/** What the server says, as an error. */
function refused(code: number, body: unknown, retryAfter?: string, call = CALL): ApiError {
  return ApiError.refused(call, readStatus(code, body, retryAfter));
}

const status = (fields: object): object => ({ kind: 'Status', status: 'Failure', ...fields });

describe('the error of a refused call', () => {
  it('says verb, object, cluster, what happened and what to do', () => {
    const message = 'Dataset "orders" is invalid: spec.size: Invalid value: "big": use a number and a unit';
    const error = refused(422, status({ code: 422, reason: 'Invalid', message }));
    expect(error.message).toBe(
      `apply Dataset tenant/orders in production: 422 Invalid: ${message}. ` +
        'Correct the field that it names in the document this follows from.',
    );
    expect(error).toMatchObject({ code: 'ZB-API-009', status: 422, reason: 'Invalid', name: 'ApiError' });
  });

  it.each([
    [400, 'BadRequest', 'ZB-API-002'],
    [401, 'Unauthorized', 'ZB-API-003'],
    [403, 'Forbidden', 'ZB-API-004'],
    [404, 'NotFound', 'ZB-API-005'],
    [409, 'AlreadyExists', 'ZB-API-006'],
    [409, 'Conflict', 'ZB-API-007'],
    [410, 'Expired', 'ZB-API-008'],
    [422, 'Invalid', 'ZB-API-009'],
    [429, 'TooManyRequests', 'ZB-API-010'],
    [500, 'InternalError', 'ZB-API-001'],
    [503, 'ServiceUnavailable', 'ZB-API-010'],
    [504, 'Timeout', 'ZB-API-011'],
    [418, 'Teapot', 'ZB-API-001'],
  ])('of %i %s has a code of its own', (code, reason, expected) => {
    const error = refused(code, status({ code, reason }));
    expect(error.code).toBe(expected);
    expect(failedAs(error, reason)).toBe(true);
  });

  it('has a reason also where no API server answered, but something in front of it', () => {
    expect(refused(410, '<html>')).toMatchObject({ reason: 'Expired', aboutObject: false });
    expect(refused(502, '<html>')).toMatchObject({ reason: 'InternalError', code: 'ZB-API-001' });
    expect(refused(404, '404 page not found')).toMatchObject({ reason: 'NotFound', aboutObject: false });
  });

  it('knows whether the object is missing, or what it would be in', () => {
    const body = status({ code: 404, reason: 'NotFound', details: { name: 'orders' } });
    expect(refused(404, body).aboutObject).toBe(true);
  });

  it.each([
    ['the header', status({ code: 429 }), '7', 7_000],
    ['the details', status({ code: 429, details: { retryAfterSeconds: 3 } }), undefined, 3_000],
    ['the header before the details', status({ code: 503, details: { retryAfterSeconds: 3 } }), '7', 7_000],
    ['a second at least', status({ code: 429 }), '0', 1_000],
    ['five minutes at most', status({ code: 503 }), '86400', 300_000],
  ])('comes back when the server asks for it: %s', (_, body, header, milliseconds) => {
    expect(refused(429, body, header).retry).toEqual({ kind: 'after', milliseconds });
  });

  it.each([400, 401, 403, 404, 409, 410, 422, 429, 500, 503])(
    'of %i backs off where the server asks for nothing',
    (code) => {
      expect(refused(code, status({ code })).retry).toEqual({ kind: 'backoff' });
      expect(refused(code, '', 'Wed, 21 Oct 2026 07:28:00 GMT').retry).toEqual({ kind: 'backoff' });
    },
  );

  it('repeats nothing that the server says about a Secret', () => {
    const call = { ...CALL, object: 'Secret tenant/key', confidential: true };
    const body = status({ code: 422, reason: 'Invalid', message: 'data: Invalid value: "hunter2"' });
    expect(refused(422, body, undefined, call).message).not.toContain('hunter2');
  });

  it('repeats no more of a message than can be read', () => {
    expect(refused(422, status({ code: 422, message: 'x'.repeat(100_000) })).message.length).toBeLessThan(
      1_300,
    );
  });
});
