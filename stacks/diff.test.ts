import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

/** A stand-in for Terraform: one namespace is missing in production-zone, and remote-dr cannot be reached. */
const TERRAFORM = `#!/bin/sh
case "$(basename "$PWD") $1" in
  production-zone*plan) echo '{"type":"planned_change","change":{"action":"create","resource":{"addr":"kubectl_manifest.namespace_tax"}}}'; exit 2 ;;
  remote-dr-*plan) echo '{"type":"diagnostic","diagnostic":{"severity":"error","summary":"no route to host"}}'; exit 1 ;;
esac
exit 0
`;

interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

describe('npm run diff', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'zaibei-diff-'));
    await writeFile(path.join(directory, 'terraform'), TERRAFORM);
    await chmod(path.join(directory, 'terraform'), 0o755);
  });

  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  const diff = (
    args: readonly string[],
    variables: Readonly<Record<string, string>> = {},
  ): Promise<Ended> => {
    const env = {
      PATH: process.env['PATH'],
      ZAIBEI_SITE: 'config/lab',
      CDKTF_OUTDIR: path.join(directory, 'out'),
      TERRAFORM_BINARY_NAME: path.join(directory, 'terraform'),
      ...variables,
    };
    return new Promise((resolve) => {
      execFile(process.execPath, ['stacks/diff.ts', ...args], { env }, (error, stdout, stderr) => {
        resolve({ exitCode: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
      });
    });
  };

  it('goes over all stacks, ends with one line, and never takes "unknown" for "no changes"', async () => {
    const { exitCode, stdout, stderr } = await diff([]);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^production-zone +1 to add, 0 to change, 0 to destroy\n {2}\+ namespace tax$/m);
    expect(stdout).toMatch(/^remote-dr-zone +unknown: no route to host$/m);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      '9 stacks: 5 unchanged, 1 changed (1 to add, 0 to change, 0 to destroy), 3 unknown',
    );
    expect(stderr).toMatch(/^planned 9 of 9: /m);
  });

  it('tells a script by its exit code and in JSON', async () => {
    const { exitCode, stdout } = await diff(['-o', 'json'], { ZAIBEI_CENTRES: 'production,local-dr' });
    expect(exitCode).toBe(2);
    const { totals } = z.object({ totals: z.record(z.string(), z.number()) }).parse(JSON.parse(stdout));
    expect(totals).toMatchObject({ stacks: 6, unchanged: 5, changed: 1, unknown: 0, add: 1 });
    expect((await diff([], { ZAIBEI_CENTRES: 'local-dr' })).exitCode).toBe(0);
  });

  it('tells what is wrong with the site, or with the command, and asks no cluster', async () => {
    const nowhere = await diff([], { ZAIBEI_SITE: path.join(directory, 'nowhere') });
    expect(nowhere).toMatchObject({ exitCode: 1, stdout: '' });
    expect(nowhere.stderr).toContain('nowhere');
    const jobs = await diff(['--jobs', 'many']);
    expect(jobs.exitCode).toBe(1);
    expect(jobs.stderr).toContain('use 1 to 64');
  });
});
