import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXIT_CODES } from '../../exit-code.ts';
import { filesSite } from '../testing/files-site.ts';
import type { PreparedSite } from '../testing/prepared-site.ts';

let site: PreparedSite;

beforeEach(async () => {
  site = await filesSite();
});
afterEach(() => site[Symbol.asyncDispose]());

/** Roles after a takeover by local DR. */
const TAKEN_OVER = { epoch: 2, home: 'local-dr', replica: 'production' } as const;

describe('the roles by which a dataset is prepared', () => {
  it('are those that all centres tell, and nothing is said of it', async () => {
    site.centres.place(TAKEN_OVER);
    const { report, output } = await site.run();
    expect(report?.exitCode).toBe(EXIT_CODES.fine);
    expect(output).toContain('home local-dr');
    expect(output).not.toContain('taken:');
  });

  it('are those of a majority where one centre cannot be asked, which is named', async () => {
    site.centres.place(TAKEN_OVER);
    site.centres.silent.add('remote-dr');
    const { output } = await site.run({ revoke: true });
    expect(output).toMatch(/remote-dr could not be asked for the roles: .*the link is cut/);
    expect(output).toMatch(
      /taken: epoch 2: home local-dr, replica production, backup remote-dr; a majority .*\(production, local-dr\)/,
    );
    expect(output).toContain('home local-dr');
  });

  it.each([
    ['a higher epoch', { epoch: 99, home: 'remote-dr', backup: 'production' }],
    ['an older one', { epoch: 1 }],
    ['other roles at the same epoch', { replica: 'remote-dr' }],
  ])('are those of a majority where one centre tells %s, which is told with it', async (_what, roles) => {
    site.centres.place(TAKEN_OVER);
    site.centres.tellOtherwise('remote-dr', { home: 'production', replica: 'local-dr', ...roles });
    const { report, output } = await site.run();
    expect(report?.exitCode).toBe(EXIT_CODES.fine);
    expect(output).toMatch(/remote-dr tells epoch \d+: home /);
    expect(output).toMatch(/taken: epoch 2: home local-dr, .*\(production, local-dr\)/);
    expect(output).toContain('volume claim licences, home local-dr');
  });

  it('are refused where all three differ, with what each tells and what to do', async () => {
    site.centres.tellOtherwise('local-dr', TAKEN_OVER);
    site.centres.tellOtherwise('remote-dr', 'nothing');
    const { refusal } = await site.run();
    expect(refusal?.message).toMatch(
      /^ZB-CLI-018: no majority of the 3 voting centres .* licences\/licences/,
    );
    expect(refusal?.message).toContain('\nproduction tells epoch 1: home production,');
    expect(refusal?.message).toContain('\nlocal-dr tells epoch 2: home local-dr,');
    expect(refusal?.message).toContain('\nremote-dr knows no roles\n');
    expect(refusal?.message).toContain('--as-told-by');
    expect(site.kept).toEqual([]);
  });

  it.each([
    ['one of three answers', ['production', 'remote-dr']],
    ['nobody answers', ['production', 'local-dr', 'remote-dr']],
  ])('are refused where %s: the others could tell something newer', async (_what, silent) => {
    for (const centre of silent) site.centres.silent.add(centre);
    const { refusal } = await site.run();
    expect(refusal?.message).toMatch(/^ZB-CLI-018: /);
    for (const centre of silent) expect(refusal?.message).toContain(`\n${centre} could not be asked`);
    expect(site.kept).toEqual([]);
  });

  it('are refused where two answer, and differ', async () => {
    site.centres.tellOtherwise('local-dr', TAKEN_OVER);
    site.centres.silent.add('remote-dr');
    expect((await site.run()).refusal?.message).toMatch(/^ZB-CLI-018: /);
  });

  it('are refused where every centre answers that it knows none', async () => {
    for (const centre of ['production', 'local-dr', 'remote-dr'])
      site.centres.tellOtherwise(centre, 'nothing');
    expect((await site.run()).refusal?.message).toMatch(/^ZB-CLI-009: /);
  });
});

describe('a person who answers for the roles', () => {
  it('has those taken of the centre that was named, where there is no majority', async () => {
    for (const centre of ['production', 'remote-dr']) site.centres.silent.add(centre);
    site.centres.tellOtherwise('local-dr', TAKEN_OVER);
    const { report, output } = await site.run({ revoke: true, asToldBy: 'local-dr' });
    expect(output).toMatch(/taken: epoch 2: home local-dr, .* no majority tells it, local-dr does/);
    expect(report?.exitCode).toBe(EXIT_CODES.findings);
  });

  it('has no keys taken away elsewhere: nobody is without a part for certain', async () => {
    site.keep('remote-dr', 'licences', 'licences-export-tls', {});
    site.centres.tellOtherwise('local-dr', TAKEN_OVER);
    site.centres.tellOtherwise('remote-dr', 'nothing');
    const { report } = await site.run({ asToldBy: 'local-dr' });
    expect(report?.text()).toContain('keys in centres without a part: while no majority tells the roles');
    expect(report?.exitCode).toBe(EXIT_CODES.findings);
    expect(site.kept).toContain('remote-dr licences/licences-export-tls');
  });

  it('is refused where a majority tells otherwise, or that centre tells nothing', async () => {
    site.centres.tellOtherwise('local-dr', TAKEN_OVER);
    const outvoted = await site.run({ asToldBy: 'local-dr' });
    expect(outvoted.refusal?.message).toMatch(/^ZB-CLI-018: a majority tells other roles/);
    const unknown = await site.run({ asToldBy: 'fuzhou' });
    expect(unknown.refusal?.message).toMatch(/^ZB-CLI-018: fuzhou, .* tells no roles/);
    expect(site.kept).toEqual([]);
  });
});
