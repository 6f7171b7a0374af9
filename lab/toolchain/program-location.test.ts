import { describe, expect, it } from 'vitest';

import { type GoBuild } from './go-build.ts';
import { GO_PROGRAMS, OPENTOFU } from './go-programs.ts';
import { type ToolchainMachine } from './machine.ts';
import { requireBuild } from './parts.ts';
import { locateProgram, locateTerraform } from './program-location.ts';

const builds = [...GO_PROGRAMS, OPENTOFU].map((program): GoBuild => ({
  program,
  version: '1.34.4',
  key: 'k',
  path: `/cache/${program.name}`,
  flags: [],
}));
const openTofu = requireBuild(builds, 'tofu');

/** A machine with these programs and the versions they name; those in /usr/bin are on PATH. */
function machineWith(versions: Record<string, string>, env: Record<string, string> = {}): ToolchainMachine {
  return {
    env,
    find: (name) => Promise.resolve(`/usr/bin/${name}` in versions ? `/usr/bin/${name}` : undefined),
    readVersion: (file) => Promise.resolve(versions[file]),
    run: () => Promise.reject(new Error('nothing is run to find a program')),
  };
}

describe('a program is taken', () => {
  it.each([
    [
      'from PATH in the pinned version',
      { '/usr/bin/kubectl': '1.34.4', '/cache/kubectl': '1.34.4' },
      '/usr/bin/kubectl',
    ],
    [
      'from the cache when PATH has another version',
      { '/usr/bin/kubectl': '1.33.0', '/cache/kubectl': '1.34.4' },
      '/cache/kubectl',
    ],
    ['from the cache when PATH has none', { '/cache/kubectl': '1.34.4' }, '/cache/kubectl'],
    [
      'from nowhere when neither is right, so it is built',
      { '/usr/bin/kubectl': '1.33.0', '/cache/kubectl': '1.34.3' },
      undefined,
    ],
  ])('%s', async (_, versions, file) => {
    expect(await locateProgram(requireBuild(builds, 'kubectl'), machineWith(versions))).toBe(file);
  });

  it('never from PATH when it goes into an image, where only a static one runs', async () => {
    const machine = machineWith({ '/usr/bin/coredns': '1.34.4' });
    expect(await locateProgram(requireBuild(builds, 'coredns'), machine)).toBeUndefined();
  });
});

describe('Terraform is taken', () => {
  it.each([
    ['from PATH', { '/usr/bin/terraform': '1.11.4', '/usr/bin/tofu': '1.11.0' }, '/usr/bin/terraform'],
    ['as tofu from PATH otherwise', { '/usr/bin/tofu': '1.11.0' }, '/usr/bin/tofu'],
    ['as the tofu of the cache otherwise', { '/cache/tofu': '1.34.4' }, '/cache/tofu'],
    ['from nowhere otherwise, so OpenTofu is built', {}, undefined],
  ])('%s', async (_, versions, file) => {
    expect(await locateTerraform(openTofu, machineWith(versions))).toBe(file);
  });

  it('first of all as TERRAFORM_BINARY_NAME says, by name or by path', async () => {
    const versions = { '/usr/bin/terraform': '1.11.4', '/usr/bin/tofu': '1.11.0', '/opt/tf': '1.12.0' };
    const asked = (name: string): Promise<string | undefined> =>
      locateTerraform(openTofu, machineWith(versions, { TERRAFORM_BINARY_NAME: name }));
    expect(await asked('tofu')).toBe('/usr/bin/tofu');
    expect(await asked('/opt/tf')).toBe('/opt/tf');
    expect(await asked('')).toBe('/usr/bin/terraform');
    await expect(asked('terragrunt')).rejects.toMatchObject({
      code: 'ZB-TOOL-006',
      message: expect.stringContaining(
        'TERRAFORM_BINARY_NAME is "terragrunt", which is not on PATH',
      ) as string,
    });
  });

  it('not when it is too old, and the message says what to do', async () => {
    const machine = machineWith({ '/usr/bin/terraform': '1.10.6', '/usr/bin/tofu': '1.11.0' });
    await expect(locateTerraform(openTofu, machine)).rejects.toMatchObject({
      code: 'ZB-TOOL-005',
      message:
        '/usr/bin/terraform is version 1.10.6; 1.11 or newer is needed. Upgrade it, set TERRAFORM_BINARY_NAME to a ' +
        'newer terraform or tofu, or take it off PATH: OpenTofu is then built from its Go modules',
    });
  });

  it.each(['1.11.0', '1.11.0-rc1', '1.34.4', '2.0.0'])('in version %s', async (version) => {
    expect(await locateTerraform(openTofu, machineWith({ '/usr/bin/terraform': version }))).toBeDefined();
  });
});
