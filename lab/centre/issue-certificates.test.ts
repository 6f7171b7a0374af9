import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeInstance } from '../instance.ts';
import { issueCertificates } from './issue-certificates.ts';
import { exampleMachine } from './testing/example-machine.ts';

let state: string;

beforeEach(async () => {
  state = await mkdtemp(path.join(os.tmpdir(), 'lab-certificates-'));
});
afterEach(() => rm(state, { recursive: true }));

test('keys that interrupted starts left half-made are cleared away, and no more than those', async () => {
  const machine = exampleMachine(describeInstance('lab', 0, state));
  const { directory } = machine.centre;
  for (const name of ['pki-a1B2c3', 'pki-d4E5f6', 'etcd']) {
    await mkdir(path.join(directory, name), { recursive: true });
    await writeFile(path.join(directory, name, 'ca.key'), 'half');
  }
  await issueCertificates(machine);
  expect((await readdir(directory)).sort()).toEqual(['etcd', 'pki']);
  expect(await readFile(path.join(machine.paths.pki, 'ca.key'), 'utf8')).toContain('PRIVATE KEY');
});

test('keys that are complete are kept: a centre that starts again is still believed', async () => {
  const machine = exampleMachine(describeInstance('lab', 0, state));
  await mkdir(machine.paths.pki, { recursive: true });
  await issueCertificates(machine);
  expect(await readdir(machine.paths.pki)).toEqual([]);
});
