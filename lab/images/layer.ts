import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

import { pack, type Pack } from 'tar-stream';

/** A file for a layer; folders come by themselves. */
export interface LayerFile {
  /** Absolute path in the image. */
  readonly path: string;
  /** File on this machine with the contents. */
  readonly source: string;
  readonly executable: boolean;
}

/** What this machine would add to a tar entry is left out: the same files give the same bytes wherever it is made. */
export const NEUTRAL_HEADER = { mtime: new Date(0), uid: 0, gid: 0, uname: '', gname: '' } as const;

/** Writes files, owned by root and dated 1970, as a tar that can be an image's layer. */
export async function writeLayer(files: readonly LayerFile[], output: string): Promise<void> {
  const archive = pack();
  const written = pipeline(archive, createWriteStream(output));
  for (const folder of foldersOf(files)) {
    archive.entry({ ...NEUTRAL_HEADER, name: `${folder}/`, type: 'directory', mode: 0o755 });
  }
  for (const file of [...files].sort((left, right) => (left.path < right.path ? -1 : 1))) {
    const header = { name: file.path.slice(1), mode: file.executable ? 0o755 : 0o644 };
    await addFile(archive, header, file.source);
  }
  archive.finalize();
  await written;
}

/** Adds a file's contents to a tar under a neutral header. */
export async function addFile(
  archive: Pack,
  header: { readonly name: string; readonly mode?: number },
  source: string,
): Promise<void> {
  const { size } = await stat(source);
  await pipeline(createReadStream(source), archive.entry({ ...NEUTRAL_HEADER, ...header, size }));
}

/** Every folder above the files, outer before inner: unpacking must not depend on who makes missing ones. */
function foldersOf(files: readonly LayerFile[]): string[] {
  const folders = files.flatMap(({ path }) => {
    const names = path.split('/').slice(1, -1);
    return names.map((_, index) => names.slice(0, index + 1).join('/'));
  });
  return [...new Set(folders)].sort();
}
