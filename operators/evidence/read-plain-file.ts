import { lstat, readFile } from 'node:fs/promises';

/** Longest file that is read, in bytes: far more than a record or a head, which hold digests and not documents. */
const LONGEST = 4 * 2 ** 20;

/**
 * The bytes of a file; undefined of what is no plain one, or too long for anything of a journal. Whoever brings a journal to be
 * verified may have put anything into its folder: a pipe, of which reading never ends; a link to somewhere else; more bytes
 * than there is memory.
 */
export async function readPlainFile(file: string): Promise<Uint8Array | undefined> {
  const found = await lstat(file);
  return found.isFile() && found.size <= LONGEST ? readFile(file) : undefined;
}
