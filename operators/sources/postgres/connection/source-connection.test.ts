import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { CertificateAuthority } from '../../../api/certificates/certificate-authority.ts';
import { SourceError } from '../../source-error.ts';
import { LIMITS, START, TestDatabase } from '../testing/test-database.ts';
import { SourceConnection, type SourceTarget } from './source-connection.ts';

const one = z.object({ one: z.int() });

let database: TestDatabase;

beforeAll(async () => {
  database = await TestDatabase.start();
}, START);
afterAll(() => database[Symbol.asyncDispose]());

async function refusal(differs: Partial<SourceTarget>): Promise<SourceError> {
  const error = await database.connect(differs).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (error instanceof SourceError) return error;
  throw new Error(`no refusal: ${String(error)}`);
}

describe('a connection to a source', () => {
  it('asks by TLS, under its own name, and sees names of pg_catalog only', async () => {
    const connection = await database.connect({ applicationName: 'zaibei-guard' });
    const row = z.object({ ssl: z.boolean(), name: z.string(), path: z.string() });
    const text = `SELECT ssl, application_name AS name, current_setting('search_path') AS path
      FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE pid = pg_backend_pid()`;
    expect(await connection.query(row, text, LIMITS)).toEqual([
      { ssl: true, name: 'zaibei-guard', path: 'pg_catalog,pg_temp' },
    ]);
    await connection.close();
    expect(connection.closed).toBe(true);
  });

  it('says of a wrong password that access is refused, and not which password', async () => {
    const error = await refusal({ password: 'wrong-canary-5512' });
    expect(error.trouble).toBe('AccessRefused');
    expect(JSON.stringify([error.message, error.stack, String(error.cause)])).not.toContain('canary');
  });

  it('does not believe a server of another authority', async () => {
    const other = await CertificateAuthority.make('another', Date.now() - 1_000, Date.now() + 60_000);
    const error = await refusal({ authority: other.certificate });
    expect(error).toMatchObject({ trouble: 'CertificateRejected', code: 'ZB-SRC-002' });
  });

  it('does not believe a server whose certificate names another address', async () => {
    await using elsewhere = await TestDatabase.start({ certificateName: '10.9.9.9' });
    const error = await SourceConnection.open(elsewhere.target(), LIMITS).catch((cause: unknown) => cause);
    expect(error).toMatchObject({
      trouble: 'CertificateRejected',
      message: expect.stringMatching(/10\.9\.9\.9.*spec\.postgres\.endpoint/) as string,
    });
  });

  it('may go another way, and still checks the name that was meant', async () => {
    await using elsewhere = await TestDatabase.start({ certificateName: '10.9.9.9' });
    const { host, port } = elsewhere;
    const target = elsewhere.target({ host: '10.9.9.9', via: { host, port } });
    await (await SourceConnection.open(target, LIMITS)).close();
    const other = { ...target, host: '10.9.9.8' };
    await expect(SourceConnection.open(other, LIMITS)).rejects.toMatchObject({
      trouble: 'CertificateRejected',
    });
  });

  it('takes a password from the shell only where a person asks for that', async () => {
    vi.stubEnv('PGPASSWORD', database.password);
    await (await database.connect({ password: undefined, passwordOfShell: true })).close();
    expect(await refusal({ password: undefined })).toMatchObject({ trouble: 'AccessRefused' });
    vi.unstubAllEnvs();
  });

  it('sends nothing to a server without TLS', async () => {
    await using bare = await TestDatabase.start({ settings: { ssl: 'off' } });
    const error = await SourceConnection.open(bare.target(), LIMITS).catch((cause: unknown) => cause);
    expect(error).toMatchObject({
      trouble: 'CertificateRejected',
      happened: expect.stringContaining('no TLS') as string,
    });
  });

  it('says that nobody answers where nobody does', async () => {
    expect(await refusal({ port: 1 })).toMatchObject({ trouble: 'Unreachable', code: 'ZB-SRC-001' });
  });

  it('ends with its deadline, and the statement on the server with it', async () => {
    const connection = await database.connect({ applicationName: 'late' });
    const slow = connection.query(one, 'SELECT 1 AS one FROM pg_sleep(600)', { deadline: 50 });
    await expect(slow).rejects.toMatchObject({ trouble: 'NoAnswer' });
    expect(connection.closed).toBe(true);
  });

  it('ends when its caller gives up, with what the caller says', async () => {
    const connection = await database.connect();
    const caller = new AbortController();
    const slow = connection.query(one, 'SELECT 1 AS one FROM pg_sleep(600)', {
      deadline: 60_000,
      signal: caller.signal,
    });
    caller.abort(new Error('enough'));
    await expect(slow).rejects.toThrow('enough');
  });

  it('tells a statement that is refused by the code of the server, and goes on', async () => {
    const connection = await database.connect();
    await expect(connection.query(one, 'SELECT 1/0 AS one', LIMITS)).rejects.toMatchObject({
      trouble: 'StatementRefused',
      message: expect.stringContaining('22012') as string,
    });
    expect(await connection.query(one, 'SELECT 1 AS one', LIMITS)).toEqual([{ one: 1 }]);
    await connection.close();
  });

  it('does all of a transaction or nothing', async () => {
    const connection = await database.connect();
    const work = async (): Promise<void> => {
      await connection.execute(['CREATE ROLE half', 'SELECT 1/0'], LIMITS);
    };
    await expect(connection.transaction(work, LIMITS)).rejects.toThrow('22012');
    const text = "SELECT count(*)::int AS one FROM pg_roles WHERE rolname = 'half'";
    expect(await connection.query(one, text, LIMITS)).toEqual([{ one: 0 }]);
    await connection.close();
  });
});
