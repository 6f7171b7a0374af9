import { access, constants } from 'node:fs/promises';
import path from 'node:path';

/** Absolute path of a program that a shell would find, or undefined. */
export type FindOnPath = (name: string) => Promise<string | undefined>;

/** Debian keeps network tools here; `su` without `-` leaves these folders out of PATH. */
const SYSTEM_DIRECTORIES = ['/usr/sbin', '/sbin'];

/** {@link FindOnPath} over PATH and the system's own folders. */
export function searchPath(pathVariable: string = process.env['PATH'] ?? ''): FindOnPath {
  const directories = [...pathVariable.split(path.delimiter), ...SYSTEM_DIRECTORIES].filter((directory) =>
    path.isAbsolute(directory),
  );
  return async (name) => {
    for (const directory of directories) {
      const file = path.join(directory, name);
      if (await isExecutable(file)) return file;
    }
    return undefined;
  };
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
