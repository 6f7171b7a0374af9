import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import type { DeployedSite } from './deployed-site.ts';

const entrySchema = z.object({
  sequence: z.int(),
  outcome: z.enum(['acknowledged', 'unsure']),
  reason: z.string().optional(),
});

/** What a writer of the lab was told of one change. */
export type LedgerEntry = z.infer<typeof entrySchema>;

/** The tenants with a writer. */
export const WRITTEN = ['population', 'economy', 'licences'] as const;

/** What the writer of a tenant has been told so far; its last line may be one that it is writing. */
export async function ledgerOf(site: DeployedSite, tenant: string): Promise<readonly LedgerEntry[]> {
  const text = await readFile(path.join(site.instanceFolder, 'ledgers', `${tenant}.jsonl`), 'utf8');
  const lines = text.split('\n').slice(0, -1);
  return lines.map((line) => entrySchema.parse(JSON.parse(line)));
}

const judgementsSchema = z.record(
  z.string(),
  z.looseObject({ acknowledged: z.int(), lost: z.array(z.unknown()), altered: z.array(z.unknown()) }),
);

const judgedSchema = z.object({ databases: judgementsSchema, files: judgementsSchema });

/** Holds what the tenants have against what their writers were told is kept. The writers pause meanwhile. */
export async function expectNothingLost(site: DeployedSite): Promise<void> {
  const { databases, files } = judgedSchema.parse(JSON.parse(await site.lab('write judge')));
  const judged = { ...databases, ...files };
  expect(Object.keys(judged).sort()).toEqual([...WRITTEN].sort());
  for (const [tenant, judgement] of Object.entries(judged)) {
    expect(judgement, tenant).toMatchObject({ lost: [], altered: [] });
    expect(judgement.acknowledged, tenant).toBeGreaterThan(0);
  }
}
