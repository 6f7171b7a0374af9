import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LogFile } from './log-file.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'log-'));
});
afterEach(() => rm(directory, { recursive: true }));

describe('a log', () => {
  test('is two files of bounded size, the newest lines last', async () => {
    const file = path.join(directory, 'etcd.log');
    const log = new LogFile(file, 100);
    for (let line = 0; line < 50; line += 1) log.write(Buffer.from(`line ${line}\n`));
    const [newer, older] = await Promise.all([readFile(file, 'utf8'), readFile(`${file}.1`, 'utf8')]);
    expect(Math.max(newer.length, older.length)).toBeLessThanOrEqual(100);
    expect(newer.endsWith('line 49\n')).toBe(true);
    expect(`${older}${newer}`).toMatch(/^line 3\d\n/);
  });

  test('goes on where the last start ended', async () => {
    const file = path.join(directory, 'etcd.log');
    new LogFile(file).write(Buffer.from('one\n'));
    new LogFile(file).note('start 1');
    expect(await readFile(file, 'utf8')).toMatch(/^one\n== \d{4}-.*Z start 1\n$/);
  });
});
