import { describe, expect, test } from 'vitest';
import { planPrivateFolders } from './private-mounts.ts';

describe("a centre's private folders", () => {
  test('keep what the centre needs of the machine visible, each once', () => {
    const needed = [
      '/srv/repository',
      '/var/lib/zaibei/lab/lab',
      '/tmp/clone',
      '/tmp/clone/node_modules/.bin',
      '/tmp/clone',
    ];
    expect(planPrivateFolders(needed)).toEqual([
      { folder: '/run', keep: [] },
      { folder: '/var/lib', keep: ['/var/lib/zaibei/lab/lab'] },
      { folder: '/var/log', keep: [] },
      { folder: '/tmp', keep: ['/tmp/clone'] },
    ]);
  });

  test('do not take a name that begins alike for a folder inside', () => {
    expect(planPrivateFolders(['/tmpfs', '/running/x']).flatMap((folder) => folder.keep)).toEqual([]);
  });
});
