import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openJournal } from './file-journal.ts';
import { refuseSecrets } from './secret-guard.ts';
import { makePrivatePem } from './testing/signing-keys.ts';
import { makeFolder, THEN, voteEntry } from './testing/journal-folder.ts';

const CANARY = 'xKq7canary93Zt';

const SECRETS: readonly [string, unknown][] = [
  ['a password', { password: CANARY }],
  ['a password deep within', { spec: [{ endpoint: { dbPassword: CANARY } }] }],
  ['a token in capitals', { ACCESS_TOKEN: CANARY }],
  ['a number as password', { passwd: 93_000_471 }],
  ['a client secret', { 'client-secret': CANARY }],
  ['a Secret that is no name', { secret: `${CANARY}!` }],
  ['a private key', { note: makePrivatePem('ed25519') }],
  ['a private key of RSA', { note: `-----BEGIN RSA PRIVATE KEY-----\n${CANARY}` }],
  ['a token of a service account', { note: `eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrdWJlIn0.${CANARY}` }],
  ['a header', [`Authorization: Bearer ${CANARY}${CANARY}`]],
  ['a URL with a password', { source: `postgres://reader:${CANARY}@db.example:5432/hr` }],
  ['a connection string', { source: `host=db user=reader password=${CANARY}` }],
  ['a token as a name', { users: { [`token=${CANARY}`]: 'reader' } }],
];

describe('a record', () => {
  it.each(SECRETS)('is refused with %s in it, in words that do not repeat it', async (_, value) => {
    const folder = makeFolder();
    const journal = await openJournal({ folder, centre: 'production', now: () => THEN });
    const body = { value };
    const error: unknown = await journal.append({ ...voteEntry(1), body }).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'ZB-EVD-002' });
    expect(String(error)).not.toMatch(new RegExp(`${CANARY}|93000471|BEGIN`));
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files.map(({ parentPath, name }) => readFileSync(path.join(parentPath, name), 'utf8'))).toEqual(
      [],
    );
  });

  it.each(['a.', '-eyJaaaaaaaa', 'a://', 'bearer ', '-----BEGIN ', 'password'])(
    'is looked through to its end, however long and however like a secret: %s',
    (part) => {
      expect(() => {
        refuseSecrets({ note: `${part.repeat(1_000_000 / part.length)} token=${CANARY}` });
      }).toThrow('a password or token');
    },
  );

  it('is refused for a secret in its actor too', async () => {
    const journal = await openJournal({ folder: makeFolder(), centre: 'production', now: () => THEN });
    const actor = `user/password=${CANARY}`;
    await expect(journal.append({ ...voteEntry(1), actor })).rejects.toMatchObject({ code: 'ZB-EVD-002' });
  });

  it.each([
    ['the name of a Secret', { keyRef: { secret: 'backup-key' } }],
    ['a reference to a password', { passwordSecretName: 'db-login', tokenRef: 'kube-system/reader' }],
    ['the id and digest of a key', { keyId: `sha256:${'a'.repeat(64)}`, privateKeyDigest: 'sm3:00' }],
    ['a URL without a password', { url: 'https://store.example:9000/bucket@v1' }],
    [
      'words about passwords and tokens',
      { reason: 'token expired: the password was rotated, see basic authentication' },
    ],
    ['a public key', { key: '-----BEGIN PUBLIC KEY-----' }],
    ['an empty password', { password: '' }],
  ])('may hold %s', (_, body) => {
    expect(() => {
      refuseSecrets(body);
    }).not.toThrow();
  });
});
