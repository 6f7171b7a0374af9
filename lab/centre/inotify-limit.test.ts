import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { raiseInotifyLimit } from './inotify-limit.ts';

describe('the limit of inotify instances', () => {
  let file: string;

  beforeEach(() => {
    file = path.join(mkdtempSync(path.join(os.tmpdir(), 'zaibei-inotify-')), 'max_user_instances');
  });

  afterEach(() => {
    rmSync(path.dirname(file), { recursive: true });
  });

  test('is raised where it is too low for several instances of the lab, and said so', () => {
    writeFileSync(file, '128\n');
    expect(raiseInotifyLimit(file)).toBe('raised fs.inotify.max_user_instances from 128 to 1024');
    expect(readFileSync(file, 'utf8')).toBe('1024');
  });

  test('is never lowered', () => {
    writeFileSync(file, '8192\n');
    expect(raiseInotifyLimit(file)).toBeUndefined();
    expect(readFileSync(file, 'utf8')).toBe('8192\n');
  });
});
