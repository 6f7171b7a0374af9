import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXIT_CODES } from '../../exit-code.ts';
import { FILE_SECRETS, filesSite } from '../testing/files-site.ts';
import type { PreparedSite } from '../testing/prepared-site.ts';

const FUJIAN = path.resolve(import.meta.dirname, '../../../config/fujian');
const PULL = 'licences-pull-tls';
const COPIES = 'zb-copies-licences';

let site: PreparedSite;

beforeEach(async () => {
  site = await filesSite();
});
afterEach(() => site[Symbol.asyncDispose]());

/** All is prepared, and then local DR loses its part. */
async function withoutReplica(): Promise<void> {
  await site.run();
  site.centres.place({ epoch: 2, replica: undefined });
}

const inLocalDr = (): string[] => site.kept.filter((name) => name.startsWith('local-dr'));

describe('keys in a centre that has no part any more', () => {
  it('are told by a check, shown in the plan, and taken away when the person agrees', async () => {
    await withoutReplica();
    const line = `- Secret ${COPIES}/${PULL} in local-dr, where nothing uses it`;
    const checked = await site.run({ check: true });
    expect(checked.report?.exitCode).toBe(EXIT_CODES.findings);
    expect(checked.report?.text()).toContain(line);
    const declined = await site.run({}, { answer: false });
    expect(declined.output).toContain(line);
    expect(inLocalDr()).toHaveLength(2);
    const { report } = await site.run();
    expect(report?.exitCode).toBe(EXIT_CODES.fine);
    expect(site.kept).toEqual(FILE_SECRETS.filter((name) => !name.startsWith('local-dr')));
  });

  it('stay while a centre tells that it has one', async () => {
    await withoutReplica();
    site.centres.tellOtherwise('local-dr', { epoch: 1, replica: 'local-dr' });
    expect((await site.run()).report?.exitCode).toBe(EXIT_CODES.fine);
    expect(inLocalDr()).toHaveLength(2);
  });

  it('stay where an issuer keeps them, which is said', async () => {
    await withoutReplica();
    site.keep('local-dr', COPIES, PULL, {}, { 'cert-manager.io/certificate-name': 'x' });
    const { report, output } = await site.run();
    expect(report?.exitCode).toBe(EXIT_CODES.fine);
    expect(output).toContain(`Secret ${COPIES}/${PULL} in local-dr is kept by an issuer`);
    expect(inLocalDr()).toEqual([`local-dr ${PULL}`]);
  });

  it('are left to do where they may not be taken away, and all else is done', async () => {
    await withoutReplica();
    site.secrets.delete(`remote-dr ${COPIES}/${PULL}`);
    site.refused.set('local-dr DELETE', 403);
    const { report, output } = await site.run();
    expect(output).toContain(`local-dr answers 403 to "delete" of the Secret ${COPIES}/${PULL}`);
    expect(report?.text()).toMatch(/^Still to be done.*\n- Secret licences\/licences-export-tls in local-dr/);
    expect(report?.exitCode).toBe(EXIT_CODES.findings);
    expect(site.kept).toContain(`remote-dr ${PULL}`);
  });

  it('are known to who may write them without reading', async () => {
    await withoutReplica();
    for (const method of ['GET', 'DELETE']) site.refused.set(`local-dr ${method}`, 403);
    expect((await site.run()).report?.data).toMatchObject({
      missing: [expect.stringContaining('licences-export-tls in local-dr'), expect.stringContaining(PULL)],
      unseen: [],
    });
  });

  it('are not called fine where nobody could look', async () => {
    await withoutReplica();
    for (const method of ['GET', 'POST']) site.refused.set(`local-dr ${method}`, 403);
    const hidden = await site.run();
    expect(hidden.report?.exitCode).toBe(EXIT_CODES.findings);
    expect(hidden.report?.text()).toMatch(
      /^Nothing is missing where it could be looked.\nNot known,.*\n- Secret .* in local-dr: you may not see/,
    );
    site.refused.clear();
    site.centres.silent.add('local-dr');
    const silent = await site.run({ check: true });
    expect(silent.report?.exitCode).toBe(EXIT_CODES.findings);
    expect(silent.report?.data).toMatchObject({
      missing: [],
      unseen: [expect.stringMatching(/^- local-dr does not answer/)],
    });
  });

  it('are looked for outside of the zone too, whose silence is told and no more', async () => {
    for (const centre of ['fuzhou', 'xiamen']) site.centres.silent.add(centre);
    site.keep('putian', COPIES, PULL, {});
    const { report, output } = await site.run({ site: FUJIAN });
    expect(report?.exitCode).toBe(EXIT_CODES.fine);
    expect(output).toContain('could not be searched for keys: fuzhou, xiamen. They are outside of the zone');
    expect(output).toContain(`- Secret ${COPIES}/${PULL} in putian, where nothing uses it`);
    expect(site.kept).toEqual(FILE_SECRETS);
  });
});

describe('revoking', () => {
  it('takes keys away in centres without a part too', async () => {
    await withoutReplica();
    const { report } = await site.run({ revoke: true });
    expect(report?.text()).toBe('Nothing is left of it.\n');
    expect(report?.exitCode).toBe(EXIT_CODES.fine);
    expect(site.kept).toEqual([]);
  });

  it('does what it can where a centre does not answer, and says that it did not look there', async () => {
    await site.run();
    site.centres.silent.add('remote-dr');
    const { report } = await site.run({ revoke: true });
    expect(report?.text()).toMatch(
      /^Nothing is left of it where it could be looked.\nNot known, .*\n- remote-dr does not answer/,
    );
    expect(report?.exitCode).toBe(EXIT_CODES.findings);
    expect(site.kept).toEqual([`remote-dr ${PULL}`]);
    expect((await site.run({ revoke: true })).report?.exitCode).toBe(EXIT_CODES.findings);
  });

  it('looks again, and says what is left', async () => {
    await site.run();
    site.refused.set('remote-dr DELETE', 403);
    const { report, output } = await site.run({ revoke: true });
    expect(output).toContain('remote-dr answers 403 to "delete"');
    expect(report?.text()).toBe(
      `Still there, to be taken away by hand:\n- Secret ${COPIES}/${PULL} in remote-dr\n`,
    );
    expect(report?.exitCode).toBe(EXIT_CODES.findings);
    expect(site.kept).toEqual([`remote-dr ${PULL}`]);
  });
});
