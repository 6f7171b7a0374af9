import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { documentFinding, DOCUMENT_RULES } from './document-rules.ts';
import { SITE_FOLDER, type Finding } from './finding.ts';
import type { SiteFile } from './read-documents.ts';

const MAX_BYTES = 4 * 1024 * 1024;

/** The YAML files below a folder, as read. */
export interface Folder {
  /** Absolute path. */
  readonly directory: string;
  readonly files: readonly SiteFile[];
  /** What could not be read. */
  readonly findings: readonly Finding[];
}

/** Reads every `*.yaml` below a folder, in the order of their paths. What cannot be read is a finding; nothing is thrown. */
export async function readFolder(folder: string): Promise<Folder> {
  const directory = path.resolve(folder);
  let names: string[];
  try {
    names = await listFiles(directory);
  } catch (error) {
    return {
      directory,
      files: [],
      findings: [refuseFolder(`${directory} cannot be read: ${reasonOf(error)}`)],
    };
  }
  const files: SiteFile[] = [];
  const findings: Finding[] = [];
  for (const name of names) {
    const read = await readText(directory, name);
    if (typeof read === 'string') files.push({ path: name, text: read });
    else findings.push(read);
  }
  if (names.length === 0) findings.push(refuseFolder(`found no *.yaml file in ${directory}`));
  return { directory, files, findings };
}

/** Paths of all YAML files below the folder, sorted; hidden files and folders are left alone. */
async function listFiles(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory() && /\.ya?ml$/.test(entry.name))
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)).split(path.sep))
    .filter((parts) => !parts.some((part) => part.startsWith('.')))
    .map((parts) => parts.join('/'))
    .sort();
}

/** The text of a file, or what is wrong with it. */
async function readText(directory: string, name: string): Promise<string | Finding> {
  if (name.endsWith('.yml')) {
    return refuseFile(name, 'found a *.yml file, which is not read', 'rename it to *.yaml');
  }
  try {
    const file = path.join(directory, name);
    const found = await stat(file);
    // Reading a pipe or a device might never end.
    if (!found.isFile()) return refuseFile(name, 'cannot be read: it is no regular file');
    if (found.size > MAX_BYTES) {
      return refuseFile(name, `found ${found.size} bytes; at most 4 MiB are read`, 'split the file');
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    // The decoder's own words are about encodings, not about the file.
    const reason = error instanceof TypeError ? 'it is not UTF-8 text' : reasonOf(error);
    return refuseFile(name, `cannot be read: ${reason}`);
  }
}

function refuseFolder(message: string): Finding {
  const remedy = 'name the folder of a site, such as config/lab';
  return documentFinding(DOCUMENT_RULES.folder, SITE_FOLDER, { subject: 'site' }, message, remedy);
}

function refuseFile(name: string, message: string, remedy?: string): Finding {
  const place = { file: name, line: 1, column: 1 };
  return documentFinding(DOCUMENT_RULES.file, place, { subject: name }, message, remedy);
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
