import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CredentialsError } from '../errors/credentials-error.ts';
import { Credentials } from './credentials.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'credentials-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
});

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** A kubeconfig of one cluster and one user. */
function kubeconfig(user: object, cluster: object = {}): string {
  return JSON.stringify({
    clusters: [{ name: 'c', cluster: { server: 'https://10.0.0.1:6443', ...cluster } }],
    users: [{ name: 'u', user }],
    contexts: [{ name: 'there', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'there',
  });
}

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** Credentials of a kubeconfig that is a text. */
function ofText(text: string): Credentials {
  return new Credentials({ kind: 'text', from: 'Secret zaibei-system/zaibei-peer-b', text: () => text });
}

/** What is wrong with them, in the words of the error. */
async function problem(credentials: Credentials): Promise<string> {
  const error: unknown = await credentials.read().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof CredentialsError)) throw new Error(`no CredentialsError: ${String(error)}`);
  expect(error.cause).toBeUndefined();
  return error.message;
}

describe('credentials', () => {
  it('of a kubeconfig are read with the files it names, relative to it', async () => {
    const user = { 'client-certificate': 'pki/me.crt', 'client-key': 'pki/me.key' };
    const file = write('kubeconfig', kubeconfig(user, { 'certificate-authority': 'pki/ca.crt' }));
    for (const name of ['me.crt', 'me.key', 'ca.crt']) write(`pki/${name}`, `text of ${name}`);
    const { server, tls, headers } = await new Credentials({ kind: 'kubeconfig', file }).read();
    expect(server.href).toBe('https://10.0.0.1:6443/');
    expect([tls.cert, tls.key, tls.ca].map(String)).toEqual(
      ['me.crt', 'me.key', 'ca.crt'].map((name) => `text of ${name}`),
    );
    expect(headers).toEqual({});
  });

  it.each([
    { renewed: 'a certificate', file: 'me.crt', changes: true },
    { renewed: 'the kubeconfig', file: 'kubeconfig', changes: true },
    { renewed: 'nothing', file: 'other', changes: false },
  ])('tell when $renewed is new', async ({ file, changes }) => {
    const user = { 'client-certificate': 'me.crt', 'client-key-data': base64('key') };
    const credentials = new Credentials({ kind: 'kubeconfig', file: write('kubeconfig', kubeconfig(user)) });
    write('me.crt', 'old');
    const before = await credentials.read();
    write(file, file === 'kubeconfig' ? kubeconfig(user, { server: 'https://10.0.0.2:6443' }) : 'new');
    const after = await credentials.read();
    expect(after.digest === before.digest).toBe(!changes);
  });

  it('of a pod are its service account, and a renewed token is used at once', async () => {
    vi.stubEnv('KUBERNETES_SERVICE_HOST', '10.96.0.1');
    vi.stubEnv('KUBERNETES_SERVICE_PORT', '443');
    const account = 'var/run/secrets/kubernetes.io/serviceaccount';
    write(`${account}/ca.crt`, 'authority');
    write(`${account}/token`, 'first\n');
    const credentials = new Credentials({ kind: 'service-account', root: folder });
    const before = await credentials.read();
    expect(before.server.href).toBe('https://10.96.0.1/');
    expect(before.headers).toEqual({ Authorization: 'Bearer first' });
    write(`${account}/token`, 'second');
    const after = await credentials.read();
    expect(after.headers).toEqual({ Authorization: 'Bearer second' });
    expect(after.digest).toBe(before.digest);
  });

  it('of a text are followed when the text changes', async () => {
    let token = 'first';
    const text = (): string => kubeconfig({ token });
    const credentials = new Credentials({ kind: 'text', from: 'a Secret', text });
    expect((await credentials.read()).headers).toEqual({ Authorization: 'Bearer first' });
    token = 'second';
    expect((await credentials.read()).headers).toEqual({ Authorization: 'Bearer second' });
  });
});

describe('credentials that cannot be used', () => {
  it('are refused with the file and what is wrong with it', async () => {
    const file = path.join(folder, 'none');
    expect(await problem(new Credentials({ kind: 'kubeconfig', file }))).toBe(
      `kubeconfig ${file}: cannot be read (ENOENT ${file}). Put working credentials there; they are read again at the next use.`,
    );
  });

  it('name the contexts that there are', async () => {
    const file = write('kubeconfig', kubeconfig({ token: 'secret' }));
    const message = await problem(new Credentials({ kind: 'kubeconfig', file, context: 'elsewhere' }));
    expect(message).toContain('no context "elsewhere" with a cluster and a user; there is: there');
  });

  it('of a pod outside of one say so', async () => {
    vi.stubEnv('KUBERNETES_SERVICE_HOST', '');
    write('var/run/secrets/kubernetes.io/serviceaccount/token', 'token');
    expect(await problem(new Credentials({ kind: 'service-account', root: folder }))).toContain(
      'this is not a pod',
    );
  });

  it.each([
    { what: 'no YAML', text: 'users: [secret-token' },
    { what: 'no kubeconfig', text: 'secret-token' },
    { what: 'nothing', text: '' },
    { what: 'a cluster without a server', text: '{"clusters":[{"name":"secret-token","cluster":{}}]}' },
    {
      what: 'a server that is none',
      text: kubeconfig({ token: 'secret-token' }, { server: 'secret-token' }),
    },
    { what: 'a plain server', text: kubeconfig({ token: 'secret-token' }, { server: 'http://10.0.0.1' }) },
    {
      what: 'a proxy',
      text: kubeconfig({ token: 'secret-token' }, { 'proxy-url': 'http://secret-token@p' }),
    },
    { what: 'a plugin that fails', text: kubeconfig({ exec: { command: 'false', args: ['secret-token'] } }) },
  ])('are refused without a word of what is in them: $what', async ({ text }) => {
    const file = write('kubeconfig', text);
    expect(await problem(new Credentials({ kind: 'kubeconfig', file }))).not.toContain('secret-token');
    expect(await problem(ofText(text))).not.toContain('secret-token');
  });

  it('work as soon as they are put right', async () => {
    const file = write('kubeconfig', 'half writ');
    const credentials = new Credentials({ kind: 'kubeconfig', file });
    await problem(credentials);
    write('kubeconfig', kubeconfig({ token: 'good' }));
    expect((await credentials.read()).headers).toEqual({ Authorization: 'Bearer good' });
  });
});

describe('a kubeconfig that comes from elsewhere', () => {
  it.each([
    {
      what: 'a file',
      user: { 'client-certificate': '/etc/passwd' },
      says: 'client-certificate is not allowed',
    },
    { what: 'a token file', user: { 'token-file': '/etc/passwd' }, says: 'token-file is not allowed' },
    { what: 'a plugin', user: { exec: { command: 'touch', args: ['/x'] } }, says: 'exec is not allowed' },
  ])('reads and runs nothing of this machine: $what', async ({ user, says }) => {
    const message = await problem(ofText(kubeconfig(user)));
    expect(message).toContain('Secret zaibei-system/zaibei-peer-b: users.0.user is wrong');
    expect(message).toContain(says);
  });

  it('has the certificate of the server checked', async () => {
    const text = kubeconfig({ token: 'x' }, { 'insecure-skip-tls-verify': true });
    expect(await problem(ofText(text))).toContain('never talked to without checking its certificate');
  });
});
