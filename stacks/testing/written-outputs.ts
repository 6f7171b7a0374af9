import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { KINDS } from '../../operators/api/kinds/registry.ts';
import type { DeployedCentre } from './deployed-centre.ts';
import type { DeployedSite } from './deployed-site.ts';
import type { Outputs } from './secret-search.ts';

/** Everything that pods, the commands that were typed and Terraform have written, wherever it may be read. */
export async function outputsOf(site: DeployedSite): Promise<Outputs> {
  const parts = await Promise.all([
    ...site.centres.map(outputsOfCentre),
    ...site.terraformFolders.map((folder) => textsIn(folder, '**/*.{json,tfstate,backup,log}')),
  ]);
  return new Map([...site.printed, ...parts.flat()]);
}

type Output = readonly [name: string, text: string];

/** Statuses and events, also as the API server keeps them; logs and metrics of every pod; the journal as it lies on its disk. */
async function outputsOfCentre(centre: DeployedCentre): Promise<Output[]> {
  const documents = KINDS.map(({ crdName }) => crdName).join(',');
  const reads = {
    documents: `get ${documents} --all-namespaces --show-managed-fields -o json`,
    events: 'get events --all-namespaces --show-managed-fields -o json',
    'state of workloads':
      'get deployments,replicasets,pods,leases -o jsonpath={.items[*].status}{.items[*].metadata}',
  };
  const read = Object.entries(reads).map(
    async ([what, args]) => [`${centre.name}: ${what}`, await centre.kubectl(args)] as const,
  );
  const logs = (await podsOf(centre)).map(async (pod) => {
    const [namespace, name] = pod.split('/');
    const log = await centre.kubectl(`logs --namespace=${namespace ?? ''} ${name ?? ''} --all-containers`);
    return [`${centre.name}: log of ${pod}`, log] as const;
  });
  const pages = (await centre.operators()).map(async ({ metadata: { name = '' } = {} }) => {
    return [`${centre.name}: metrics of ${name}`, await centre.metricsPage(name)] as const;
  });
  const journal = await textsIn(await centre.journalFolder(), '**/*');
  return [...(await Promise.all([...read, ...logs, ...pages])), ...journal];
}

/** Namespace and name of each pod that has begun: of the zone, its tenants, and the cluster. */
async function podsOf(centre: DeployedCentre): Promise<readonly string[]> {
  const path = '{range .items[*]}{.metadata.namespace}/{.metadata.name}{"\\n"}{end}';
  const begun = '--all-namespaces --field-selector=status.phase!=Pending';
  return (await centre.kubectl(`get pods ${begun} --output=jsonpath='${path}'`)).split('\n').slice(0, -1);
}

async function textsIn(folder: string, pattern: string): Promise<Output[]> {
  const texts: Output[] = [];
  for await (const entry of glob(pattern, { cwd: folder, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    texts.push([file, await readFile(file, 'utf8')]);
  }
  if (texts.length === 0) throw new Error(`${folder} has nothing like ${pattern}`);
  return texts;
}
