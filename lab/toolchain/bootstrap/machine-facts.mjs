import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

/**
 * @typedef {object} Disk
 * @property {string} directory
 * @property {number} device disks with the same number are one
 * @property {number} freeGibibytes
 *
 * @typedef {object} MachineFacts What is known of a machine before anything is installed. Undefined: could not be found out.
 * @property {string} platform `linux`
 * @property {string} architecture `x64`
 * @property {string} nodeVersion `20.20.2`
 * @property {string | undefined} distribution `debian`, with what it is derived from: `ubuntu debian`
 * @property {boolean} isRoot
 * @property {boolean | undefined} mayAdminister root that may mount and make networks; in most containers it may not
 * @property {string | undefined} goVersion `1.26.8`
 * @property {boolean} hasNpm
 * @property {string | undefined} kernelConfig the options that the kernel was built with
 * @property {number} memoryGibibytes
 * @property {{ cache: Disk, go: Disk, repository: Disk } | undefined} disks
 * @property {boolean} isCacheEmpty nothing has been built yet
 */

/**
 * Looks at this machine.
 * @param {string} root the repository
 * @param {string} cache
 * @returns {MachineFacts}
 */
export function machineFacts(root, cache) {
  return {
    platform: process.platform,
    architecture: process.arch,
    nodeVersion: process.versions.node,
    distribution: distribution(),
    isRoot: process.getuid?.() === 0,
    mayAdminister: mayAdminister(),
    goVersion: goVersion(),
    hasNpm: process.env['npm_execpath'] !== undefined || answer('npm', ['--version']) !== undefined,
    kernelConfig: kernelConfig(),
    memoryGibibytes: os.totalmem() / 2 ** 30,
    disks: disks(root, cache),
    isCacheEmpty: !fs.existsSync(path.join(cache, 'image-roots')),
  };
}

function distribution() {
  const text = read('/etc/os-release');
  if (text === undefined) return undefined;
  const values = [...text.matchAll(/^(?:ID|ID_LIKE)="?([^"\n]*)"?$/gm)].map(([, value]) => value);
  return values.join(' ');
}

/** CAP_NET_ADMIN (12) and CAP_SYS_ADMIN (21) of this process. */
function mayAdminister() {
  const mask = /^CapEff:\s*([0-9a-f]+)$/m.exec(read('/proc/self/status') ?? '')?.[1];
  if (mask === undefined) return undefined;
  const needed = (1n << 12n) | (1n << 21n);
  return (BigInt(`0x${mask}`) & needed) === needed;
}

function goVersion() {
  return /go(\d+\.\d+(?:\.\d+)?)/.exec(answer('go', ['version']) ?? '')?.[1];
}

function kernelConfig() {
  try {
    return gunzipSync(fs.readFileSync('/proc/config.gz')).toString();
  } catch {
    return read(`/boot/config-${os.release()}`);
  }
}

/**
 * @param {string} root
 * @param {string} cache
 */
function disks(root, cache) {
  if (typeof fs.statfsSync !== 'function') return undefined; // Node before 18.15
  // Where Go keeps compiled packages and modules unless told otherwise.
  return { cache: disk(cache), go: disk(os.homedir()), repository: disk(root) };
}

/**
 * @param {string} directory
 * @returns {Disk}
 */
function disk(directory) {
  let existing = directory;
  while (!fs.existsSync(existing)) existing = path.dirname(existing);
  const { bavail, bsize } = fs.statfsSync(existing);
  return { directory, device: fs.statSync(existing).dev, freeGibibytes: (bavail * bsize) / 2 ** 30 };
}

/** @param {string} file */
function read(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * What a program prints; undefined when it is not there or fails.
 * @param {string} program
 * @param {readonly string[]} args
 */
function answer(program, args) {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return undefined;
  }
}
