import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { documentFinding, DOCUMENT_RULES } from './document-rules.ts';
import type { Finding } from './finding.ts';
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
export async function readFolder(directory: string): Promise<Folder> {
  const root = path.resolve(directory);
  const files: SiteFile[] = [];
  const findings: Finding[] = [];
  for (const name of await listFiles(root, findings)) {
    const text = await readText(root, name, findings);
    if (text !== undefined) files.push({ path: name, text });
  }
  if (files.length === 0 && findings.length === 0) {
    findings.push(
      refuse(
        '.',
        DOCUMENT_RULES.folder,
        `found no *.yaml file in ${root}`,
        'name the folder of a site, such as config/lab',
      ),
    );
  }
  return { directory: root, files, findings };
}

/** Paths of the YAML files below the folder, sorted; hidden files and folders are left alone. */
async function listFiles(root: string, findings: Finding[]): Promise<string[]> {
  try {
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    const names = entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
      .filter((name) => !name.split('/').some((part) => part.startsWith('.')));
    for (const name of names.filter((candidate) => candidate.endsWith('.yml'))) {
      findings.push(
        refuse(name, DOCUMENT_RULES.file, 'found a *.yml file, which is not read', 'rename it to *.yaml'),
      );
    }
    return names.filter((name) => name.endsWith('.yaml')).sort();
  } catch (error) {
    const message = `cannot be read: ${reasonOf(error)}`;
    findings.push(
      refuse(
        '.',
        DOCUMENT_RULES.folder,
        `${root} ${message}`,
        'name the folder of a site, such as config/lab',
      ),
    );
    return [];
  }
}

async function readText(root: string, name: string, findings: Finding[]): Promise<string | undefined> {
  try {
    const file = path.join(root, name);
    const { size } = await stat(file);
    if (size > MAX_BYTES) {
      findings.push(
        refuse(name, DOCUMENT_RULES.file, `found ${size} bytes; at most 4 MiB are read`, 'split the file'),
      );
      return undefined;
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    const reason = error instanceof TypeError ? 'it is not UTF-8 text' : reasonOf(error);
    findings.push(refuse(name, DOCUMENT_RULES.file, `cannot be read: ${reason}`));
    return undefined;
  }
}

function refuse(
  name: string,
  rule: (typeof DOCUMENT_RULES)['folder' | 'file'],
  message: string,
  remedy?: string,
): Finding {
  return documentFinding(
    rule,
    { file: name, line: 1, column: 1 },
    { subject: name === '.' ? 'site' : name },
    message,
    remedy,
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
