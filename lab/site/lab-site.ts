import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isScalar, parseAllDocuments, visit } from 'yaml';
import { describeInstance, type LabInstance } from '../instance.ts';
import { stateDirectory } from '../instance-record.ts';

/** The site as people edit it: it states the addresses of the instance `lab`. */
export const LAB_SITE = path.resolve(import.meta.dirname, '../../config/lab');

/** The instance whose addresses stand in {@link LAB_SITE}. */
function referenceInstance(instance: LabInstance): LabInstance {
  return describeInstance(
    'lab',
    0,
    stateDirectory({}),
    instance.centres.map((centre) => centre.name),
  );
}

/** What has to be exchanged in the site for it to describe `instance`: value in config/lab → value for the instance. */
export function addressesToExchange(instance: LabInstance): ReadonlyMap<string, string> {
  const reference = referenceInstance(instance);
  const pairs = reference.centres.flatMap((centre, index): [string, string][] => {
    const own = instance.centres[index] ?? centre;
    return [
      [centre.nodeAddress, own.nodeAddress],
      [`${centre.nodeAddress}/32`, `${own.nodeAddress}/32`],
      [centre.podCidr, own.podCidr],
      [centre.apiServer, own.apiServer],
      [centre.context, own.context],
    ];
  });
  return new Map([...pairs, [terraformState(reference), terraformState(instance)]]);
}

/** Folder of the Terraform state of an instance: beside its centres, and gone with them. */
export function terraformState(instance: LabInstance): string {
  return path.join(instance.directory, 'terraform');
}

/** Exchanges whole values of a YAML text; a value that only contains an address stays. Comments and order are kept. */
export function exchangeValues(text: string, values: ReadonlyMap<string, string>): string {
  return parseAllDocuments(text)
    .map((document) => {
      visit(document, (key, node) => {
        if (key === 'key' || !isScalar(node) || typeof node.value !== 'string') return;
        node.value = values.get(node.value) ?? node.value;
      });
      return document.toString({ lineWidth: 0 });
    })
    .join('');
}

/** Folder of the site of an instance: config/lab itself where that describes the instance, else a folder of the instance. */
export function siteDirectory(instance: LabInstance): string {
  return describesItself(instance) ? LAB_SITE : path.join(instance.directory, 'site');
}

/**
 * Brings {@link siteDirectory} up to date: makes a fresh copy of config/lab with the instance's addresses, where it
 * needs one (docs/explanation/decisions/0001-lab-instances-differ-by-site.md).
 */
export async function writeSite(instance: LabInstance, source = LAB_SITE): Promise<void> {
  if (describesItself(instance)) return;
  const target = siteDirectory(instance);
  const values = addressesToExchange(instance);
  await rm(target, { recursive: true, force: true });
  await mkdir(path.dirname(target), { recursive: true });
  await cp(source, target, { recursive: true });
  for (const entry of await readdir(target, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.ya?ml$/.test(entry.name)) continue;
    const file = path.join(entry.parentPath, entry.name);
    await writeFile(file, exchangeValues(await readFile(file, 'utf8'), values));
  }
}

function describesItself(instance: LabInstance): boolean {
  return [...addressesToExchange(instance)].every(([from, to]) => from === to);
}
