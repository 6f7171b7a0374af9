import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';

import { type RunBound } from './bound-process.ts';
import { refreshingLists } from './debian-packages.ts';

/**
 * Downloads Debian packages by apt, which checks their signatures, and unpacks them without installing anything.
 * @param partial folder for unfinished work; what `use` leaves in it is removed
 * @param use is given the folder with the packages' files
 */
export async function withUnpackedPackages(
  packages: readonly string[],
  partial: string,
  run: RunBound,
  use: (folder: string) => Promise<void>,
): Promise<void> {
  await mkdir(partial, { recursive: true });
  const work = await mkdtemp(path.join(partial, 'debian-'));
  try {
    // apt-get leaves the packages in the folder that it runs in.
    await refreshingLists(run, 'env', [`--chdir=${work}`, 'apt-get', 'download', ...packages]);
    await run('sh', [
      '-ec',
      'for package in "$1"/*.deb; do dpkg-deb --extract "$package" "$1"; done',
      'sh',
      work,
    ]);
    await use(work);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
