/**
 * The writers of an instance: applications of departments that go on writing whatever happens to the centres.
 * `main.ts <instance> <rows in a second>`, started by writer-process.ts; ends at SIGTERM.
 */
import path from 'node:path';
import { LogFile } from '../centre/log-file.ts';
import { stateDirectory } from '../instance-record.ts';
import { machinesOf, requireInstance } from '../known-instance.ts';
import { sampleDatabases } from '../tenants/sample-tenants.ts';
import { TENANT_SIZES } from '../tenants/sample-tenant.ts';
import { requirePrograms } from '../toolchain/toolchain.ts';
import { runWriters } from './writers.ts';

const [name, rate] = process.argv.slice(2);
if (name === undefined || rate === undefined) throw new Error('usage: main.ts <instance> <rate>');

const known = await requireInstance(stateDirectory(), name);
const log = new LogFile(path.join(known.instance.directory, 'ledgers', 'writer.log'));
const ended = new AbortController();
process.once('SIGTERM', () => {
  ended.abort();
});
log.note(`writing ${rate} rows a second`);
await runWriters({
  machines: machinesOf(known, await requirePrograms()),
  databases: sampleDatabases(TENANT_SIZES.full),
  rate: Number(rate),
  say: (what) => {
    log.note(what);
  },
  signal: ended.signal,
});
// Connections that say nothing any more are no reason to stay.
process.exit();
