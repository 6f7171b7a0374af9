import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

/** @typedef {Record<string, { version?: string, integrity?: string, optional?: boolean }>} LockedPackages by folder */

/**
 * Whether node_modules holds what package-lock.json says. npm itself keeps a record of what it installed and writes
 * it last, so an install that was cut short has none.
 * @param {string} root folder of package.json
 */
export function arePackagesInstalled(root) {
  const wanted = readLock(path.join(root, 'package-lock.json'));
  const installed = readLock(path.join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined || installed === undefined || !existsSync(nodeOf(root))) return false;
  return samePackages(wanted, installed);
}

/**
 * Whether two locks name the same packages. Optional ones may be missing: they are those of other platforms.
 * @param {LockedPackages} wanted
 * @param {LockedPackages} installed
 */
export function samePackages(wanted, installed) {
  const differing = Object.entries(wanted).some(([folder, { version, integrity, optional }]) => {
    if (folder === '') return false; // the project itself
    const found = installed[folder];
    if (found === undefined) return optional !== true;
    return found.version !== version || found.integrity !== integrity;
  });
  return !differing && Object.keys(installed).every((folder) => folder in wanted);
}

/**
 * Installs exactly what package-lock.json says.
 * @param {string} root
 * @throws {Error} with the end of what npm printed
 */
export async function installPackages(root) {
  // The npm that started us, on the Node that started it; both are known to work here.
  const script = process.env['npm_execpath'];
  const [command, ...args] = script === undefined ? ['npm'] : [process.execPath, script];
  try {
    await promisify(execFile)(
      command ?? 'npm',
      [...args, 'ci', '--no-audit', '--no-fund', '--loglevel=error'],
      {
        cwd: root,
        maxBuffer: 16 * 1024 * 1024,
      },
    );
  } catch (error) {
    const { stdout = '', stderr = '' } = /** @type {{ stdout?: string, stderr?: string }} */ (error);
    const lines = `${stdout}${stderr}`.trim().split('\n').slice(-15);
    throw new Error(`"npm ci" failed, so nothing else was done:\n  ${lines.join('\n  ')}`, { cause: error });
  }
  if (!existsSync(nodeOf(root))) {
    throw new Error(
      `"npm ci" left no Node at ${nodeOf(root)}: is npm set to skip all install scripts (npm config get ignore-scripts)?`,
    );
  }
}

/**
 * The Node that everything of the project runs on.
 * @param {string} root
 */
export function nodeOf(root) {
  return path.join(root, 'node_modules', '.bin', 'node');
}

/**
 * @param {string} file
 * @returns {LockedPackages | undefined}
 */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
