import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Progress } from '../lab/progress.ts';
import { loadSite } from '../operators/api/site/load-site.ts';
import { formatFindings } from '../operators/api/site/format-findings.ts';
import { addDatasets } from '../operators/api/site/testing/added-datasets.ts';
import { type Figure, spread } from './result.ts';

const FUJIAN = path.resolve(import.meta.dirname, '../config/fujian');

/** Documents in the site that is loaded. */
const DOCUMENTS = 200;

/** Loading a site: Fujian, with datasets added until it has two hundred documents. Read, parsed and judged each time. */
export async function benchSite(rounds: number, progress: Progress): Promise<readonly Figure[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'zaibei-bench-'));
  const samples: number[] = [];
  try {
    await cp(FUJIAN, folder, { recursive: true });
    const present = await countDocuments(folder);
    await addDatasets(folder, 'economy', DOCUMENTS - present);
    for (let round = 1; round <= rounds; round += 1) {
      progress.say('bench', `round ${round} of ${rounds}`);
      const started = performance.now();
      const documents = await countDocuments(folder);
      samples.push((performance.now() - started) / 1000);
      if (documents !== DOCUMENTS) throw new Error(`loaded ${documents} documents instead of ${DOCUMENTS}`);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  return [{ name: `a site of ${DOCUMENTS} documents`, unit: 's', value: spread(samples, 3), budget: 1 }];
}

async function countDocuments(folder: string): Promise<number> {
  const { model, findings } = await loadSite(folder);
  if (model === undefined) throw new Error(formatFindings(findings));
  const { zones, policies, datasets, stores } = model;
  return 2 + zones.length + policies.length + datasets.length + stores.length;
}
