import type { ApiObject, ResourceType } from '../../operators/runtime/index.ts';
import { readAll } from '../centres/read-result.ts';
import { plainLine } from '../frame/command-frame.ts';
import { checkOf, type Check, type Finding } from './check.ts';
import type { Patient } from './patient.ts';

/** How storage classes are reached. */
export const storageClassType: ResourceType = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  plural: 'storageclasses',
  scope: 'Cluster',
  keep: (parsed) => parsed,
};

const DEFAULT = 'storageclass.kubernetes.io/is-default-class';

/** Whether there is storage for the volumes that a site asks for by name, or a class that stands in where it names none. */
export async function storageCheck({ centre, session, signal, site, say }: Patient): Promise<Check> {
  const line = (finding: Finding): Check => checkOf(say, centre.name, 'Storage', finding);
  const read = await readAll(session.client, storageClassType, signal);
  if (read.problem !== undefined)
    return line({ state: 'unknown', what: say('unreadable', { problem: plainLine(read.problem.message) }) });
  const names = read.items.map(nameOf);
  const found = names.length === 0 ? '-' : names.join(', ');
  const wanted = site?.site.spec.operator?.journal.storageClass;
  if (wanted !== undefined && !names.includes(wanted))
    return line({ state: 'wrong', what: say('classMissing', { wanted, found }) });
  const preset = read.items.some(({ metadata }) => metadata.annotations?.[DEFAULT] === 'true');
  if (wanted === undefined && !preset)
    return line({ state: 'warning', what: say('noDefaultClass', { found }) });
  return line({ state: 'ok', what: say('classesFound', { found }) });
}

function nameOf({ metadata }: ApiObject): string {
  return metadata.name;
}
