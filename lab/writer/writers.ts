import { randomBytes } from 'node:crypto';
import { SiteAuthority } from '../authority/site-authority.ts';
import type { Machine } from '../centre/machine.ts';
import type { LabCentre, LabInstance } from '../instance.ts';
import { Ledger, ledgerFile } from '../ledger/ledger.ts';
import { fileEntrySchema, rowEntrySchema } from '../ledger/ledger-entry.ts';
import { applicationRole, type SampleDatabase } from '../tenants/database-settings.ts';
import { LICENCES } from '../tenants/licences.ts';
import { keptPasswords } from '../tenants/passwords.ts';
import { ClerkSession } from './clerk-session.ts';
import { DatabaseSession } from './database-session.ts';
import { writeFiles } from './file-writer.ts';
import { firstOf } from './first-centre.ts';
import type { WriterSurroundings } from './keep-writing.ts';
import { dialOnNode } from './node-door.ts';
import { writeRows } from './row-writer.ts';

/** Rows that a writer adds to its database in a second, unless told otherwise: about 50 MB a day. */
export const USUAL_RATE = 5;

/** Rows for each change of a file, which takes several programs and about 4 KB. */
const ROWS_PER_FILE = 5;

/** What is written, and where to. */
export interface WritersOptions extends WriterSurroundings {
  /** The centres of the instance, in the order in which they are tried. */
  readonly machines: readonly Machine[];
  readonly databases: readonly SampleDatabase[];
  /** Rows in a second, in each database. */
  readonly rate: number;
}

/** Writes into every database and into the licence library until the signal. */
export async function runWriters(options: WritersOptions): Promise<void> {
  await Promise.all([
    ...options.databases.map((database) => runRowWriter(database, options)),
    runFileWriter(options),
  ]);
}

/** Writes into one database, wherever it takes rows, until the signal. */
export async function runRowWriter(
  database: SampleDatabase,
  { machines, rate, say, signal }: Omit<WritersOptions, 'databases'>,
): Promise<void> {
  const [instance] = machines.map((machine) => machine.instance);
  if (instance === undefined) return;
  const ledger = await Ledger.open(ledgerFile(instance, database.tenant), rowEntrySchema);
  await writeRows({
    ledger,
    connect: () =>
      firstOf(machines, database.tenant, ({ centre }) =>
        connectToDatabase(database, instance, centre, { signal }),
      ),
    // As long as a record of a person, and never twice the same.
    valueOf: (sequence) =>
      JSON.stringify({ sequence, 备注: '实验', random: randomBytes(120).toString('hex') }),
    every: 1000 / rate,
    say: (what) => {
      say(`${database.tenant}: ${what}`);
    },
    signal,
  });
  await ledger.close();
}

/**
 * Connects to a database in a centre as its application.
 * @param options how long a commit is waited for, and what ends the attempt to connect
 * @throws Error when it takes no rows there
 */
export async function connectToDatabase(
  database: SampleDatabase,
  instance: LabInstance,
  centre: LabCentre,
  { patience, signal }: { readonly patience?: number; readonly signal?: AbortSignal } = {},
): Promise<DatabaseSession> {
  const authority = await SiteAuthority.open(instance);
  const { application } = await keptPasswords(instance, database.tenant);
  const access = {
    dial: () => dialOnNode(centre, database.nodePort, signal),
    address: centre.nodeAddress,
    authority: await authority.certificate(),
    user: applicationRole(database),
    password: application,
    database: database.tenant,
  };
  return DatabaseSession.open(access, patience);
}

async function runFileWriter({ machines, rate, say, signal }: WritersOptions): Promise<void> {
  const [first] = machines;
  if (first === undefined) return;
  const ledger = await Ledger.open(ledgerFile(first.instance, LICENCES), fileEntrySchema);
  await writeFiles({
    ledger,
    connect: () => firstOf(machines, LICENCES, (machine) => ClerkSession.open(machine)),
    every: (1000 / rate) * ROWS_PER_FILE,
    say: (what) => {
      say(`${LICENCES}: ${what}`);
    },
    signal,
  });
  await ledger.close();
}
