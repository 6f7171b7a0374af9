import { execFile, spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const { instance } = inject('lab');

/** Turns a centre on or off as a person does. */
function power(state: 'on' | 'off', centre: string): void {
  const args = ['lab/main.ts', '--instance', instance.name, 'power', state, centre];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

interface Told {
  readonly status: number;
  readonly stdout: string;
}

/** Runs `zaibei status` as a person does. */
function status(...args: string[]): Promise<Told> {
  const all = ['cli/main.ts', 'status', '--kubeconfig', instance.kubeconfig, ...args];
  const env = { ...process.env, ZAIBEI_SITE: undefined };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, all, { cwd: ROOT, env }, (_error, stdout) => {
      resolve({ status: child.exitCode ?? -1, stdout });
    });
  });
}

beforeAll(() => {
  power('off', 'remote-dr');
});

afterAll(() => {
  power('on', 'remote-dr');
});

it('tells of three centres of which one has no power, and names it', async () => {
  const data = await status('-o', 'json');
  expect(data.status).toBe(1);
  const { centres } = JSON.parse(data.stdout) as { centres: { context: string; answers: boolean }[] };
  expect(centres.map(({ answers }) => answers)).toEqual([true, true, false]);
  expect(centres[2]?.context).toBe(instance.centres[2]?.context);
});
