import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Component } from './component.ts';
import { Supervisor, type SupervisorState } from './supervisor.ts';

let directory: string;
let stop: AbortController;
let stopped: Promise<void>;

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'supervisor-'));
  stop = new AbortController();
});
afterEach(async () => {
  stop.abort();
  await stopped;
  await rm(directory, { recursive: true });
});

function program(script: string): Component {
  return { name: 'program', startsWith: 'power', files: [], command: [process.execPath, '-e', script] };
}

async function state(): Promise<SupervisorState> {
  const text = await readFile(path.join(directory, 'supervisor.json'), 'utf8');
  return JSON.parse(text) as SupervisorState; // written by the supervisor under test
}

function supervise(component: Component): Promise<void> {
  const paths = {
    logs: path.join(directory, 'logs'),
    supervisorFile: path.join(directory, 'supervisor.json'),
  };
  stopped = new Supervisor(paths).run(component, stop.signal);
  return stopped;
}

const log = (): Promise<string> => readFile(path.join(directory, 'logs/program.log'), 'utf8');

describe('the supervisor', () => {
  test('starts a program again when it ends, and says how it ended and how often it was started', async () => {
    void supervise(program('console.log("about to fail"); process.exit(3)'));
    await expect
      .poll(async () => (await state()).components[0], { timeout: 10_000 })
      .toMatchObject({ starts: 2, lastEnd: 'exit code 3' });
    expect((await log()).match(/about to fail/g)?.length).toBeGreaterThanOrEqual(1);
  });

  test('says of a program that cannot be started why', async () => {
    void supervise({ ...program(''), command: ['/no/such/program'] });
    await expect
      .poll(async () => (await state()).components[0]?.lastEnd, { timeout: 10_000 })
      .toMatch(/not started: .*ENOENT/);
  });

  test('writes the configuration before the program reads it', async () => {
    const file = path.join(directory, 'config/settings.json');
    const files = [{ path: file, content: { answer: 42 } }];
    void supervise({ ...program(`console.log(require(${JSON.stringify(file)}).answer)`), files });
    await expect.poll(log, { timeout: 10_000 }).toMatch(/^42$/m);
  });

  test('hands nothing of its own environment on', async () => {
    process.env['ZAIBEI_SECRET'] = 'hidden';
    void supervise(program('console.log(`environment: ${Object.keys(process.env).sort()}`)'));
    await expect.poll(log, { timeout: 10_000 }).toMatch(/^environment: HOME,PATH$/m);
    delete process.env['ZAIBEI_SECRET'];
  });

  test('ends the program when told to stop, and forgets it', async () => {
    void supervise(program('setInterval(() => undefined, 1000); console.log("running")'));
    await expect.poll(log, { timeout: 10_000 }).toContain('running');
    stop.abort();
    await stopped;
    expect((await state()).components).toEqual([]);
    expect(await log()).toContain('ended: signal SIGTERM');
  });
});
