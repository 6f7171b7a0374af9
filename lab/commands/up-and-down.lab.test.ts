import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import { get } from 'node:https';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { attempt, execute } from '../execute.ts';
import { describeInstance } from '../instance.ts';
import { QUIET } from '../progress.ts';
import { type CommandResult, type Interruption, runLab } from '../testing/lab-process.ts';
import { type MachineSnapshot, snapshotMachine } from '../testing/machine-snapshot.ts';
import { testLab } from '../testing/test-lab.ts';
import { findWriter } from '../writer/writer-process.ts';
import { up } from './up.ts';

/** A second instance beside the one that all tests share: one centre, to be cheap. */
const NAME = 'side';
const SLOT = 29;
const START = ['--instance', NAME, 'up', '--centres', 'solo', '--slot', String(SLOT)];

let parent: string;
let state: string;

beforeEach(async () => {
  parent = await mkdtemp(path.join(os.tmpdir(), 'lab-side-'));
  state = path.join(parent, 'state');
});
afterEach(async () => {
  await lab(['--instance', NAME, 'down']);
  await rm(parent, { recursive: true });
});

function lab(args: readonly string[], interruption?: Interruption): Promise<CommandResult> {
  return runLab(state, args, interruption);
}

describe('taking an instance down', () => {
  test.each([
    ['interrupted by Ctrl-C once the power was on', { when: 'power is up', signal: 'SIGINT' }, 130],
    ['killed as it began', { when: 'starting solo', signal: 'SIGKILL' }, undefined],
    ['killed when the control plane was up', { when: 'control plane is up', signal: 'SIGKILL' }, undefined],
  ] as const)('leaves nothing behind of a start that was %s', async (_, interruption, exitCode) => {
    const before = await snapshot();
    const start = await lab(START, interruption);
    expect(start.exitCode).toBe(exitCode);
    if (exitCode === 130)
      expect(start.stderr).toContain('`npm run lab -- --instance side` continues where this stopped');
    expect(await snapshot()).not.toEqual(before);
    expect(await lab(['--instance', NAME, 'down'])).toMatchObject({ exitCode: 0 });
    expect(await snapshot()).toEqual(before);
  });

  test('works without any state on disk, by what is on the machine', async () => {
    const before = await snapshot();
    await lab(START, { when: 'power is up', signal: 'SIGKILL' });
    await rm(path.join(state, NAME, 'instance.json'));
    expect(await lab(['--instance', NAME, 'down'])).toMatchObject({ exitCode: 0 });
    expect(await snapshot()).toEqual(before);
  });

  test('of one that is not there is no error, and says so', async () => {
    const { exitCode, stderr } = await lab(['--instance', NAME, 'down']);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('was not there');
  });
});

describe('an instance', () => {
  test('goes on from an interrupted start, runs beside another, and is found up by the next start, of this state folder alone', async () => {
    await lab(START, { when: 'power is up', signal: 'SIGKILL' });
    expect((await lab(START)).exitCode).toBe(0);
    const again = await lab(START);
    expect(again.stderr).toContain('is already up');
    expect(again.stdout).toMatch(/solo +ready/);

    const [side, shared] = await Promise.all([
      answers(describeInstance(NAME, SLOT, state, ['solo']).centres[0]?.apiServer),
      answers(testLab().instance.centres[0]?.apiServer),
    ]);
    expect([side, shared]).toEqual([true, true]);

    const elsewhere = path.join(parent, 'elsewhere');
    for (const command of [START, ['--instance', NAME, 'down']]) {
      const { exitCode, stderr } = await runLab(elsewhere, command);
      expect([exitCode, stderr]).toEqual([
        1,
        expect.stringContaining('ZB-LAB-017: Instance "side" runs with'),
      ]);
    }
    expect((await lab(START)).stderr).toContain('is already up');

    expect((await lab(['--instance', NAME, 'write', 'start'])).exitCode).toBe(0);
    expect(findWriter(NAME)).toBeDefined();
    const kept = await lab(['--instance', NAME, 'down', '--keep']);
    expect(kept.exitCode).toBe(0);
    expect(findWriter(NAME)).toBeUndefined();
    const { stdout } = await lab(['--instance', NAME, 'status', '-o', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ centres: [{ name: 'solo', state: 'off' }] });
  });
});

describe('a start is refused', () => {
  test('when a link of the name of its bridge is not its own, which is left alone', async () => {
    await execute('ip', ['link', 'add', 'zb-side', 'type', 'bridge']);
    try {
      const { exitCode, stderr } = await lab(START);
      expect(exitCode).toBe(1);
      expect(stderr).toContain('ZB-LAB-002: Instance "side" cannot have its network');
      expect(stderr).toContain('  - a network link named zb-side, which the lab did not make\n');
      await lab(['--instance', NAME, 'down']);
      expect(await attempt('ip', ['link', 'show', 'zb-side'])).toBeDefined();
    } finally {
      await execute('ip', ['link', 'delete', 'zb-side']);
    }
  });

  test('when its addresses are in use, naming them and the way out', async () => {
    const { hostAddress } = describeInstance(NAME, SLOT, state);
    await execute('ip', ['link', 'add', 'zz-other', 'type', 'bridge']);
    try {
      await execute('ip', ['address', 'add', `${hostAddress}/24`, 'dev', 'zz-other']);
      const { exitCode, stderr } = await lab(START);
      expect(exitCode).toBe(1);
      expect(stderr).toContain(`  - address ${hostAddress}/24 on link zz-other\n`);
      expect(stderr).toContain('give the instance other addresses with --slot N');
    } finally {
      await execute('ip', ['link', 'delete', 'zz-other']);
    }
  });

  test('when the disk is full, before anything is started', async () => {
    await mkdir(state);
    await execute('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', state]);
    try {
      const { exitCode, stderr } = await lab(START);
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/ZB-LAB-013: .* MiB free; starting the lab takes 300 MiB/);
      expect(stderr).toContain('Nothing was started');
    } finally {
      await execute('umount', [state]);
    }
  });

  test('when a component cannot run, with its name and what it said', async () => {
    const { toolchain } = testLab();
    const broken = { ...toolchain, programs: { ...toolchain.programs, etcd: '/bin/false' } };
    const start = up({
      name: NAME,
      state,
      slot: SLOT,
      centres: ['solo'],
      toolchain: broken,
      progress: QUIET,
    });
    await expect(start).rejects.toThrow(
      /solo: etcd ended \d times while the centre was starting[^]*exit code 1[^]*etcd\.log/,
    );
  });

  test('when the name or the centre is impossible', async () => {
    expect((await lab(['--instance', 'Big-Lab', 'up'])).stderr).toContain(
      'use 1 to 8 lower-case letters and digits',
    );
    expect((await lab(['--instance', NAME, 'status'])).stderr).toContain(
      'ZB-LAB-003: No lab instance "side" has been started',
    );
  });
});

function snapshot(): Promise<MachineSnapshot> {
  return snapshotMachine(NAME, state);
}

/** Any answer will do, also the refusal of a client without a certificate. */
function answers(apiServer: string | undefined): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(
      `${apiServer ?? ''}/version`,
      { rejectUnauthorized: false, timeout: 5000 },
      (response) => {
        response.resume();
        resolve(true);
      },
    );
    request.on('timeout', () => request.destroy());
    request.on('error', () => {
      resolve(false);
    });
  });
}
