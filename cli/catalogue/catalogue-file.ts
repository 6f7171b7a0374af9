import { access, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CliError } from '../cli-error.ts';
import type { Say } from '../messages/say.ts';
import { readCsv } from './read-csv.ts';
import { readYaml } from './read-yaml.ts';
import type { Sheet } from './sheet.ts';

/**
 * Reads a catalogue: YAML by the ending of its name, anything else as a table. Spreadsheets save tables in GB 18030 in
 * Chinese offices, so that is tried where the file is no UTF-8.
 * @throws CliError when there is no such file, or it is text in neither
 */
export async function readCatalogue(file: string, say: Say): Promise<Sheet> {
  const text = decode(file, await bytesOf(file, say), say);
  return /\.ya?ml$/i.test(file) ? readYaml(file, text) : readCsv(file, text);
}

/**
 * Writes a file at once: whoever looks sees all of it or nothing.
 * @param replace whether one that is there already goes
 * @throws CliError
 */
export async function writeWhole(file: string, text: string, replace: boolean, say: Say): Promise<void> {
  if (!replace && (await exists(file))) throw new CliError('ZB-CLI-005', say('fileExists', { file }));
  const draft = `${file}.${process.pid}.part`;
  try {
    await writeFile(draft, text, { flag: 'wx' });
    await rename(draft, file);
  } catch (cause) {
    const problem = String(cause);
    throw new CliError('ZB-CLI-005', say('fileUnwritable', { file, problem }), { cause });
  }
}

async function bytesOf(file: string, say: Say): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    const problem = String(cause);
    throw new CliError('ZB-CLI-004', say('fileUnreadable', { file: path.normalize(file), problem }), {
      cause,
    });
  }
}

function decode(file: string, bytes: Uint8Array, say: Say): string {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next one, if there is one.
    }
  }
  throw new CliError('ZB-CLI-004', say('fileNoText', { file }));
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}
