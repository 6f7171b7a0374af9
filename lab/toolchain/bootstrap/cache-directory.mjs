import { homedir } from 'node:os';
import path from 'node:path';

/**
 * Folder of everything that is built once and then reused by every clone of the repository: `$ZAIBEI_CACHE`,
 * else `$XDG_CACHE_HOME/zaibei`, else `~/.cache/zaibei`. It can be deleted at any time while no lab runs.
 * @param {Readonly<Record<string, string | undefined>>} env
 * @returns {string} absolute path; the folder need not exist
 */
export function cacheDirectory(env = process.env) {
  if (env['ZAIBEI_CACHE']) return path.resolve(env['ZAIBEI_CACHE']);
  return path.join(env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache'), 'zaibei');
}
