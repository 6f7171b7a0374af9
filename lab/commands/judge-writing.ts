import type { Machine } from '../centre/machine.ts';
import { type FileJudgement, judgeFiles } from '../ledger/judge-files.ts';
import { judgeRows, type RowJudgement } from '../ledger/judge-rows.ts';
import { ledgerFile, readLedger } from '../ledger/ledger.ts';
import { fileEntrySchema, rowEntrySchema } from '../ledger/ledger-entry.ts';
import type { SampleDatabase } from '../tenants/database-settings.ts';
import { LICENCES } from '../tenants/licences.ts';
import { sampleDatabases } from '../tenants/sample-tenants.ts';
import { TENANT_SIZES } from '../tenants/sample-tenant.ts';
import { readFileDigests } from '../writer/clerk-session.ts';
import { firstOf } from '../writer/first-centre.ts';
import { connectToDatabase } from '../writer/writers.ts';

/** What the tenants have of what their writers were told is kept, by tenant. */
export interface WritingJudgement {
  readonly databases: Readonly<Record<string, RowJudgement>>;
  readonly files: Readonly<Record<string, FileJudgement>>;
}

/**
 * Holds every database, where it takes rows, and the licence library against the ledgers of their writers, which must not
 * write meanwhile.
 * @throws DataUnreachableError; LedgerDamagedError
 */
export async function judgeWriting(machines: readonly Machine[]): Promise<WritingJudgement> {
  const databases = sampleDatabases(TENANT_SIZES.full).map(
    async (database) => [database.tenant, await judgeDatabase(database, machines)] as const,
  );
  const files = firstOf(machines, LICENCES, async (machine) => {
    const digests = await readFileDigests(machine);
    return judgeFiles(await readLedger(ledgerFile(machine.instance, LICENCES), fileEntrySchema), digests);
  });
  return {
    databases: Object.fromEntries(await Promise.all(databases)),
    files: { [LICENCES]: await files },
  };
}

/** Holds one database against the ledger of its writer. */
export function judgeDatabase(database: SampleDatabase, machines: readonly Machine[]): Promise<RowJudgement> {
  return firstOf(machines, database.tenant, async ({ instance, centre }) => {
    const session = await connectToDatabase(database, instance, centre);
    try {
      const ledger = await readLedger(ledgerFile(instance, database.tenant), rowEntrySchema);
      return judgeRows(ledger, await session.presentRows());
    } finally {
      await session.close();
    }
  });
}

/** Whether anything is missing or other than it should be. */
export function isHarmed({ databases, files }: WritingJudgement): boolean {
  return (
    Object.values(databases).some(({ lost, altered }) => lost.length + altered.length > 0) ||
    Object.values(files).some(
      ({ lost, altered, returned }) => lost.length + altered.length + returned.length > 0,
    )
  );
}
