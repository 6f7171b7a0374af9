import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Documents in a file. */
const PER_FILE = 10;

/**
 * Makes the folder of a site large: adds `added-0`, `added-1`, … to it, datasets of one tenant that no rule has anything
 * against, ten in each of `datasets/added-0.yaml`, `datasets/added-1.yaml`, …
 * @param dailyChange `spec.dailyChange` of each, by its number
 */
export async function addDatasets(
  folder: string,
  tenant: string,
  count: number,
  dailyChange: (index: number) => string = () => '10MiB',
): Promise<void> {
  const documents = Array.from({ length: count }, (_, index) => dataset(tenant, index, dailyChange(index)));
  await mkdir(path.join(folder, 'datasets'), { recursive: true });
  for (let file = 0; file * PER_FILE < count; file += 1) {
    const content = documents.slice(file * PER_FILE, (file + 1) * PER_FILE).join('---\n');
    await writeFile(path.join(folder, `datasets/added-${file}.yaml`), content);
  }
}

function dataset(tenant: string, index: number, dailyChange: string): string {
  return `apiVersion: zaibei.io/v1alpha1
kind: Dataset
metadata: { name: added-${index}, namespace: ${tenant} }
spec:
  displayName: Added ${index}
  owner: { organisation: 省数字办 }
  class: general
  catalogue: { id: ADDED-${index}, version: '1' }
  system: { name: Added, securityLevel: 2, cryptography: { status: planned } }
  protectionGroup: added-${index}
  size: 1GiB
  dailyChange: ${dailyChange}
  files: { volumeClaim: added-${index}, endpoint: { everywhere: { host: files.example, port: 8443 } } }
`;
}
