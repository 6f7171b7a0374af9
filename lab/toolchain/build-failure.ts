import { statfs } from 'node:fs/promises';

import { CommandFailedError } from '../errors.ts';
import { ToolchainError } from './toolchain-error.ts';

const MEBIBYTE = 1024 * 1024;

/**
 * Turns whatever a build threw into an error for people. A full disk is told apart, because compilers and tar
 * report it deep inside long outputs, and as often by a broken file as by its name.
 * @param what the thing that was being built
 * @param directory a folder on the disk that it was built on
 */
export async function buildFailure(what: string, directory: string, cause: unknown): Promise<ToolchainError> {
  const text = cause instanceof CommandFailedError ? cause.stderr : String(cause);
  if (/no space left on device|ENOSPC/i.test(text)) {
    const free = await freeMebibytes(directory);
    return new ToolchainError(
      'ZB-TOOL-004',
      `the disk filled up while making ${what} (${free} MiB free under ${directory}, and Go keeps its own cache and temporary files); free some space and run the command again, finished parts are kept`,
      { cause },
    );
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ToolchainError('ZB-TOOL-002', `making ${what} failed. ${reason}`, { cause });
}

async function freeMebibytes(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return Math.floor((bavail * bsize) / MEBIBYTE);
}
