import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact, REDACTED, redactText } from './redaction.ts';

const CANARY = 'c4n4ry-value';
const JWT = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ6YWliZWkifQ.c2lnbmF0dXJlLWhlcmU';
const PEM = `-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIA${CANARY}\n-----END EC PRIVATE KEY-----`;

describe('redaction by name', () => {
  it.each([
    'authorization',
    'Authorization',
    'proxy-authorization',
    'token',
    'bearerToken',
    'access_token',
    'password',
    'dbPassword',
    'PGPASSWORD',
    'passphrase',
    'client-key-data',
    'clientKey',
    'privateKey',
    'secretAccessKey',
    'credentials',
    'Set-Cookie',
    'kubeconfig',
  ])('hides what stands under %s', (name) => {
    expect(redact({ outer: [{ [name]: CANARY }] })).toEqual({ outer: [{ [name]: REDACTED }] });
    expect(redact({ [name]: { nested: CANARY } })).toEqual({ [name]: REDACTED });
  });

  it.each(['key', 'secretName', 'tokenCount', 'namespace', 'publicKeyId', 'keys'])(
    'lets %s through',
    (name) => {
      expect(redact({ [name]: 'copies/records' })).toEqual({ [name]: 'copies/records' });
    },
  );

  it('tells whether there is a secret at all', () => {
    expect(redact({ token: undefined, password: null, secret: true })).toEqual({
      token: undefined,
      password: null,
      secret: true,
    });
  });

  it('hides the contents of a Secret and keeps its name', () => {
    const secret = {
      kind: 'Secret',
      metadata: { name: 'zaibei-peer-a', namespace: 'zaibei-system' },
      data: { value: CANARY },
      stringData: { value: CANARY },
    };
    expect(redact({ found: secret })).toEqual({
      found: { ...secret, data: REDACTED, stringData: REDACTED },
    });
    expect(redact({ kind: 'ConfigMap', data: { value: 'plain' } })).toEqual({
      kind: 'ConfigMap',
      data: { value: 'plain' },
    });
  });
});

describe('redaction of texts', () => {
  it.each([
    ['a private key', `read ${PEM} from disk`],
    ['a private key cut short', PEM.slice(0, 60)],
    ['a bearer token', `GET / failed: authorization: Bearer ${CANARY}`],
    ['a basic credential', 'Basic emFpYmVpOmM0bjRyeQ=='],
    ['a service account token', `refused ${JWT} at 10:00`],
    ['a URL with a password', `cannot reach postgres://zaibei:${CANARY}@10.0.0.1:5432/records`],
    ['a URL with nothing but a password', `redis://:${CANARY}@10.0.0.1:6379`],
    ['an age key', `AGE-SECRET-KEY-1${CANARY.toUpperCase().replaceAll('-', '')}QQQQQQ`],
    ['a connection string', `host=10.0.0.1 password=${CANARY} dbname=records`],
    ['quoted configuration', `{"password":"${CANARY}","user":"zaibei"}`],
  ])('takes %s out', (_, text) => {
    const safe = redactText(text);
    expect(safe).toContain(REDACTED);
    expect(safe).not.toContain(CANARY);
    expect(safe).not.toMatch(/eyJ|emFp|MHcC/);
  });

  it('leaves the rest of the sentence', () => {
    expect(redactText(`host=10.0.0.1 password=${CANARY} dbname=records`)).toBe(
      `host=10.0.0.1 password=${REDACTED} dbname=records`,
    );
    expect(redactText('lease zaibei-system/zaibei-operator: renewed')).toBe(
      'lease zaibei-system/zaibei-operator: renewed',
    );
  });
});

describe('redaction of values', () => {
  it('shows an error with its causes, and not what a library hung onto it', () => {
    const cause = Object.assign(new Error(`Bearer ${CANARY}`), { request: { headers: { x: CANARY } } });
    const error = Object.assign(new Error('list failed', { cause }), { code: 'ZB-TST-001' });
    const safe = redact({ error });
    expect(safe).toMatchObject({
      error: { name: 'Error', code: 'ZB-TST-001', message: 'list failed', cause: { name: 'Error' } },
    });
    expect(JSON.stringify(safe)).not.toContain(CANARY);
  });

  it('ends in a line of bounded length, whatever it is given', () => {
    const ring: Record<string, unknown> = {};
    ring['ring'] = ring;
    expect(JSON.stringify(redact({ ring, long: Array(10_000).fill(1), bytes: Buffer.from(CANARY) }))).toMatch(
      /^.{1,1000}$/,
    );
  });

  it('always gives something that JSON can write', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true }),
        (value) => {
          expect(() => JSON.stringify(redact(value))).not.toThrow();
        },
      ),
    );
  });
});
