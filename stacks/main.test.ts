import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

interface Ended {
  readonly exitCode: number;
  readonly stderr: string;
}

/** What a person sees who runs the program as cdktf does. */
describe('the CDKTF program', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'zaibei-synth-'));
  });

  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  const synthesize = (variables: Readonly<Record<string, string>>): Promise<Ended> => {
    const env = { PATH: process.env['PATH'], CDKTF_OUTDIR: path.join(directory, 'out'), ...variables };
    return new Promise((resolve) => {
      execFile(process.execPath, ['stacks/main.ts'], { env }, (error, _, stderr) => {
        resolve({ exitCode: typeof error?.code === 'number' ? error.code : 0, stderr });
      });
    });
  };

  it('writes the stacks of a site, with their order', async () => {
    expect(await synthesize({ ZAIBEI_SITE: 'config/lab' })).toMatchObject({ exitCode: 0 });
    const manifest: unknown = JSON.parse(await readFile(path.join(directory, 'out/manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({
      stacks: {
        'production-foundation': { dependencies: [] },
        'production-zone': { dependencies: ['production-foundation'] },
        'production-control': { dependencies: ['production-zone'] },
      },
    });
  });

  it('tells all that is wrong with a site, by file and line, and writes nothing', async () => {
    const site = path.join(directory, 'site');
    await cp('config/lab', site, { recursive: true });
    const file = path.join(site, 'zone.yaml');
    const text = await readFile(file, 'utf8');
    await writeFile(
      file,
      text.replace('level: province', 'level: provnice').replace('pods: 50', 'pods: many'),
    );
    const { exitCode, stderr } = await synthesize({ ZAIBEI_SITE: site });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /zone\.yaml:\d+:\d+: error ZB-[A-Z]+-\d+: DataZone province, spec\.level: found "provnice"/,
    );
    expect(stderr).toMatch(/zone\.yaml:\d+:\d+: error ZB-[A-Z]+-\d+: DataZone province, spec\.quota\.pods/);
    expect(stderr).not.toContain('    at ');
    await expect(readFile(path.join(directory, 'out/manifest.json'))).rejects.toThrow('ENOENT');
  });

  it('says which folder it found no site in', async () => {
    const { exitCode, stderr } = await synthesize({ ZAIBEI_SITE: path.join(directory, 'nowhere') });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('nowhere');
    expect(stderr).not.toContain('    at ');
  });

  it.each([
    [
      'a centre that does not exist',
      { ZAIBEI_CENTRES: 'xiamen' },
      'ZB-STK-003 ZAIBEI_CENTRES: the site lab has no xiamen',
    ],
    ['a variable that outweighs contexts', { KUBE_HOST: 'https://10.0.0.1' }, 'ZB-STK-002 KUBE_HOST'],
  ])('refuses %s in one line', async (_, variables, message) => {
    const { exitCode, stderr } = await synthesize({ ZAIBEI_SITE: 'config/lab', ...variables });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });

  it('goes on when a kubeconfig knows none of the centres, and says which will fail and why', async () => {
    const kubeconfig = path.join(directory, 'kubeconfig');
    await writeFile(kubeconfig, '{}');
    const { exitCode, stderr } = await synthesize({
      ZAIBEI_SITE: 'config/lab',
      KUBE_CONFIG_PATH: kubeconfig,
    });
    expect(exitCode).toBe(0);
    expect(stderr).toContain(
      `remote-dr: no context lab-remote-dr in ${kubeconfig}; its stacks come last, and will fail`,
    );
  });
});
