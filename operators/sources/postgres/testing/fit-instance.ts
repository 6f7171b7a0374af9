import { datasetKind, type Dataset } from '../../../api/index.ts';
import { known } from '../facts/fact.ts';
import type { PostgresFacts } from '../facts/postgres-facts.ts';

/** Facts of an instance of which there is nothing to be said. */
export const FIT: PostgresFacts = {
  takenAt: Date.parse('2026-11-23T04:00:00Z'),
  server: known({ version: 150_018, role: 'zb-guard-0', inRecovery: false, startedAt: 0, walPosition: 1n }),
  settings: {
    data_checksums: known('on'),
    fsync: known('on'),
    full_page_writes: known('on'),
    max_replication_slots: known('10'),
    max_slot_wal_keep_size: known('10GB'),
    max_wal_senders: known('10'),
    synchronous_commit: known('on'),
    synchronous_standby_names: known(''),
    wal_level: known('replica'),
    wal_log_hints: known('off'),
  },
  control: known({ systemIdentifier: '7711176900413961705', timeline: 1 }),
  slots: known([]),
  walSenders: known([]),
  databases: known([
    {
      name: 'population',
      bytes: 1e9,
      allowsConnections: true,
      collationVersion: '153.120',
      actualCollationVersion: '153.120',
    },
  ]),
  libraries: known({ libc: null, icu: '153.120' }),
  commitOverrides: known([]),
  walBytes: known(1e8),
  freeWalBytes: { known: false, why: 'not told' },
  certificateExpires: known(Date.parse('2027-11-23T04:00:00Z')),
};

/** A Dataset of the kind `postgres` with one database, `population`. */
export function postgresDataset(
  differs: Partial<Dataset['spec']> = {},
  databases: readonly { name: string; class?: Dataset['spec']['class'] }[] = [{ name: 'population' }],
): Dataset['spec'] {
  return datasetKind.spec.parse({
    displayName: '人口基础库',
    class: 'important',
    protectionGroup: 'people',
    size: '100GiB',
    dailyChange: '1GiB',
    postgres: {
      endpoint: { everywhere: { host: '127.0.0.1', port: 5432 } },
      podLabels: { app: 'population-db' },
      databases,
    },
    ...differs,
  });
}
