import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXIT_CODES } from '../../exit-code.ts';
import { FILE_SECRETS, filesSite } from '../testing/files-site.ts';
import type { PreparedSite } from '../testing/prepared-site.ts';

const ISSUED = { 'cert-manager.io/certificate-name': 'licences' };
const VALUES = { 'tls.crt': 'of the issuer', 'tls.key': 'of the issuer' };

let site: PreparedSite;

beforeEach(async () => {
  site = await filesSite();
});
afterEach(() => site[Symbol.asyncDispose]());

/** An issuer writes the last Secret of the plan, while the person reads that. */
const issue = (): void => {
  site.keep('remote-dr', 'zb-copies-licences', 'licences-pull-tls', VALUES, ISSUED);
};
const issued = (): Record<string, string> => site.values('remote-dr', 'licences-pull-tls');

describe('what an issuer writes between plan and confirmation', () => {
  it('stays where nothing was, and nothing else is written', async () => {
    const { refusal } = await site.run({}, { answer: true, meanwhile: issue });
    expect(refusal?.message).toMatch(
      /^ZB-CLI-014: somebody else, .* Secret zb-copies-licences\/licences-pull-tls in remote-dr .*Run this again/,
    );
    expect(issued()).toEqual(VALUES);
    expect(site.kept).toEqual(['remote-dr licences-pull-tls']);
  });

  it('stays where something else was, and all else is as it was', async () => {
    await site.run();
    const others = (): unknown[] => [...site.secrets].filter(([key]) => !key.startsWith('remote-dr'));
    const before = others();
    const { refusal } = await site.run({ rotate: true }, { answer: true, meanwhile: issue });
    expect(refusal?.message).toContain('somebody else, such as an issuer');
    expect(issued()).toEqual(VALUES);
    expect(others()).toEqual(before);
  });

  it('is not taken away by a revocation, which says that it is there', async () => {
    await site.run();
    const { report, output } = await site.run({ revoke: true }, { answer: true, meanwhile: issue });
    expect(output).toContain('somebody else, such as an issuer, has changed the Secret');
    expect(report?.text()).toMatch(/^Still there.*\n- Secret .* in remote-dr is kept by an issuer/);
    expect(report?.exitCode).toBe(EXIT_CODES.findings);
    expect(site.kept).toEqual(['remote-dr licences-pull-tls']);
  });
});

it('what somebody else takes away meanwhile is not written anew over nothing', async () => {
  await site.run();
  const meanwhile = (): void => void site.secrets.delete('remote-dr zb-copies-licences/licences-pull-tls');
  const { refusal } = await site.run({ rotate: true }, { answer: true, meanwhile });
  expect(refusal?.message).toContain('somebody else, such as an issuer, has changed the Secret');
  expect(site.kept).toEqual(FILE_SECRETS.slice(0, -1));
});
