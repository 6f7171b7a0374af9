import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { arePackagesInstalled } from './npm-packages.mjs';

const zod = { version: '4.6.7', integrity: 'sha512-a' };
const wanted = { '': { version: '0.1.0' }, 'node_modules/zod': zod };

let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'zaibei-packages-'));
  await mkdir(path.join(root, 'node_modules', '.bin'), { recursive: true });
  await writeFile(path.join(root, 'node_modules', '.bin', 'node'), '');
});

afterEach(() => rm(root, { recursive: true }));

async function isInstalled(lock: object, record?: object): Promise<boolean> {
  await writeFile(path.join(root, 'package-lock.json'), JSON.stringify({ packages: lock }));
  if (record !== undefined) {
    await writeFile(
      path.join(root, 'node_modules', '.package-lock.json'),
      JSON.stringify({ packages: record }),
    );
  }
  return arePackagesInstalled(root);
}

describe('the npm packages are installed', () => {
  it('when npm recorded exactly those of the lock', async () => {
    expect(await isInstalled(wanted, { 'node_modules/zod': zod })).toBe(true);
  });

  it('when only packages for other platforms are missing', async () => {
    const lock = { ...wanted, 'node_modules/fsevents': { version: '2.3.3', optional: true } };
    expect(await isInstalled(lock, { 'node_modules/zod': zod })).toBe(true);
  });

  it('not when the install was cut short, which leaves no record', async () => {
    expect(await isInstalled(wanted)).toBe(false);
  });

  it.each([
    ['a package is missing', {}],
    ['a version differs', { 'node_modules/zod': { ...zod, version: '4.6.6' } }],
    ['contents differ', { 'node_modules/zod': { ...zod, integrity: 'sha512-b' } }],
    ['a package is left over', { 'node_modules/zod': zod, 'node_modules/left': zod }],
  ])('not when %s', async (_, record) => {
    expect(await isInstalled(wanted, record)).toBe(false);
  });

  it('not when the Node that everything runs on is missing', async () => {
    await rm(path.join(root, 'node_modules', '.bin', 'node'));
    expect(await isInstalled(wanted, { 'node_modules/zod': zod })).toBe(false);
  });
});
