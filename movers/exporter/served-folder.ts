import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ExporterTrouble } from '../../operators/api/layout/exporter.ts';

/** The folder that is served, without a link in its path; or why there is none. */
export type ServedFolder =
  { readonly folder: string } | { readonly reason: ExporterTrouble; readonly message: string };

/**
 * Finds the folder of a dataset in its volume. A link in its path may lead elsewhere in the volume, never out of it: the pod
 * has other files, which are nobody's data.
 * @param folder as the dataset names it, from the root of the volume
 */
export async function findServedFolder(volume: string, folder: string): Promise<ServedFolder> {
  const refused = (reason: ExporterTrouble, what: string): ServedFolder => ({
    reason,
    message: `The path ${JSON.stringify(folder)} ${what}.`,
  });
  try {
    const root = await realpath(volume);
    const found = await realpath(path.join(root, folder));
    if (found !== root && !found.startsWith(`${root}/`))
      return refused('PathOutsideVolume', 'leads out of the volume by a symbolic link');
    if (!(await stat(found)).isDirectory()) return refused('PathNotFolder', 'is no folder');
    await access(found, constants.R_OK | constants.X_OK);
    return { folder: found };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EACCES') return refused('PathUnreadable', 'cannot be read by the user of the exporter');
    if (code === 'ENOTDIR') return refused('PathNotFolder', 'is no folder');
    if (code === 'ELOOP') return refused('PathOutsideVolume', 'is a symbolic link that leads to itself');
    if (code === 'ENOENT') return refused('PathMissing', 'does not exist in the volume');
    throw error;
  }
}
