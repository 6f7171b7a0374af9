import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

/** The script as npm starts it, but with an environment of its own. */
function prepare(
  args: readonly string[],
  env: Record<string, string>,
): { readonly status: number | null; readonly printed: string } {
  const script = path.join(import.meta.dirname, 'prepare.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
    env,
  });
  return { status, printed: stdout + stderr };
}

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'zaibei-prepare-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

it('preparing packages that are there says nothing and touches nothing', async () => {
  const folder = await emptyFolder();
  const cache = path.join(folder, 'cache');
  const npm = path.join(folder, 'no-npm'); // so that nothing is installed while the tests run
  expect(prepare(['packages'], { ZAIBEI_CACHE: cache, npm_execpath: npm })).toEqual({
    status: 0,
    printed: '',
  });
  expect(existsSync(cache)).toBe(false);
});

it('preparing the lab on an unfit machine says what is missing, and changes nothing', async () => {
  const folder = await emptyFolder();
  const cache = path.join(folder, 'cache');
  const { status, printed } = prepare(['lab'], { PATH: folder, ZAIBEI_CACHE: cache });
  expect(status).toBe(1);
  expect(printed).toMatch(
    /^ZB-PREP-001: this machine lacks \d things that zaibei's lab and its tests need:\n {2}1\. npm\n/,
  );
  expect(printed).toContain('Go 1.21 or newer on PATH; found none');
  expect(existsSync(cache)).toBe(false);
});

it.each([[[]], [['everything']]])('preparing %j is refused with the words there are', (args) => {
  const { status, printed } = prepare(args, {});
  expect(status).toBe(2);
  expect(printed).toBe('Usage: node lab/prepare.mjs <packages|lab|test>\n');
});
