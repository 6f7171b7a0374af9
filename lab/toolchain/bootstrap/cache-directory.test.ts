import { homedir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

import { cacheDirectory } from './cache-directory.mjs';

describe('the cache', () => {
  it.each([
    ['where ZAIBEI_CACHE says', { ZAIBEI_CACHE: '/srv/zb', XDG_CACHE_HOME: '/xdg' }, '/srv/zb'],
    ['below XDG_CACHE_HOME', { XDG_CACHE_HOME: '/xdg' }, '/xdg/zaibei'],
    [
      'in the home folder, an empty variable counting as none',
      { ZAIBEI_CACHE: '' },
      path.join(homedir(), '.cache/zaibei'),
    ],
  ])('is %s', (_, env, directory) => {
    expect(cacheDirectory(env)).toBe(directory);
  });
});
