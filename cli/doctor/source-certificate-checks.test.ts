import { beforeEach, describe, expect, it } from 'vitest';
import { CertificateAuthority } from '../../operators/api/certificates/certificate-authority.ts';
import { directWire } from '../../operators/runtime/testing/memory-api/direct-wire.ts';
import { MemoryClient } from '../../operators/runtime/testing/memory-api/memory-client.ts';
import { authorityCertificate } from '../dataset/testing/authority-certificate.ts';
import { SecretsInMemory } from '../dataset/testing/secrets-in-memory.ts';
import { sayIn } from '../messages/say.ts';
import { CentreInMemory } from '../testing/centre-in-memory.ts';
import type { Check } from './check.ts';
import { sourceCertificateCheck } from './source-certificate-checks.ts';

const DAY = 86_400_000;
const CENTRE = 'production';

type Asked = Pick<CentreInMemory, 'access' | 'session'>;

let secrets: SecretsInMemory;
let authority: CertificateAuthority;

beforeEach(async () => {
  secrets = new SecretsInMemory();
  authority = await CertificateAuthority.make('site', Date.now() - 30 * DAY, Date.now() + 1_000 * DAY);
});

/** The dataset of the examples has a certificate for an access, that ends in so many days. @param believed its `ca.crt` */
async function have(
  access: 'guard' | 'replicate' | 'verify',
  days: number,
  believed = authority.certificate,
): Promise<void> {
  const now = Date.now();
  const { certificate } = await authority.issue({
    commonName: access,
    usage: ['clientAuth'],
    from: now - 30 * DAY,
    // So that it is still so many days when it is looked at.
    until: now + (days + 0.5) * DAY,
  });
  keep(access, certificate, believed);
}

function keep(access: string, certificate: string, believed = authority.certificate): void {
  const values = { 'tls.crt': certificate, 'ca.crt': believed };
  secrets.keep(`${CENTRE} zb-copies-population/population-${access}-tls`, values);
}

function look({ access, session }: Asked = new CentreInMemory(CENTRE).dataset('Protected')): Promise<Check> {
  return sourceCertificateCheck({
    centre: access,
    session: { ...session, send: (request) => Promise.resolve(secrets.answer(CENTRE, request)) },
    signal: new AbortController().signal,
    site: undefined,
    before: false,
    say: sayIn('en'),
  });
}

describe('the certificates of sources in a centre', () => {
  it('are fine where there are none: nothing expires', async () => {
    const what = 'no certificates of sources here';
    expect(await look()).toMatchObject({ state: 'ok', where: CENTRE, what, fix: '' });
  });

  it.each([
    [100, 'ok', /good until \d{4}-\d\d-\d\d, 100 days$/],
    [10, 'warning', /good until .*, 10 days$/],
    [-1, 'wrong', /expired on \d{4}-\d\d-\d\d$/],
  ])('are told by the first to end: in %d days is %s', async (days, state, what) => {
    await have('guard', 200);
    await have('verify', days);
    const found = await look();
    expect(found.state).toBe(state);
    expect(found.what).toMatch(what);
    expect(found.what).toContain('(2), the first to end zb-copies-population/population-verify-tls');
    if (state !== 'ok') expect(found.fix).toContain('npx zaibei dataset prepare');
  });

  it.each([
    [10, 'warning', /guard-tls: good until .*, 10 days$/],
    [-1, 'wrong', /guard-tls: expired on \d{4}-\d\d-\d\d$/],
  ])('end with the authority beside them: in %d days is %s', async (days, state, what) => {
    const now = Date.now();
    const terms = { from: now - 30 * DAY, until: now + (days + 0.5) * DAY };
    await have('guard', 200, await authorityCertificate(authority, authority, terms));
    await have('verify', 100);
    const found = await look();
    expect(found.state).toBe(state);
    expect(found.what).toMatch(what);
  });

  it('that the authority beside them has not signed are unknown', async () => {
    const stranger = await CertificateAuthority.make('site', Date.now(), Date.now() + 1_000 * DAY);
    await have('guard', 200, stranger.certificate);
    expect(await look()).toMatchObject({ state: 'unknown' });
  });

  it('that may not be read are unknown, and named', async () => {
    await have('guard', 200);
    secrets.refused.set(`${CENTRE} GET`, 403);
    const { state, what } = await look();
    expect(state).toBe('unknown');
    expect(what).toBe(
      'certificates of sources that could not be read, or not believed: 3, such as zb-copies-population/population-guard-tls',
    );
  });

  it('of which one is none are unknown, however good the others are', async () => {
    await have('guard', 200);
    keep('replicate', 'no PEM');
    keep('verify', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n');
    const { state, what } = await look();
    expect(state).toBe('unknown');
    expect(what).toMatch(
      /population-guard-tls: good until .*; .*could not be read, or not believed: 2, such as .*-replicate-tls$/,
    );
  });

  it('of which one is over are wrong, whatever is not known of others', async () => {
    await have('guard', -1);
    keep('replicate', 'no PEM');
    expect(await look()).toMatchObject({ state: 'wrong' });
  });

  it('are unknown where the datasets cannot be read', async () => {
    const { server, access, session } = new CentreInMemory(CENTRE);
    const exchange = () => Promise.reject(new Error('the link is cut'));
    const client = new MemoryClient(server, { ...directWire, exchange });
    expect(await look({ access, session: { ...session, client } })).toMatchObject({
      state: 'unknown',
      what: 'could not be read: the link is cut',
    });
  });
});
