import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { known, unknown, valueOf, type Fact } from '../facts/fact.ts';
import { SETTINGS, type PostgresFacts, type SettingName } from '../facts/postgres-facts.ts';
import { FIT, postgresDataset } from '../testing/fit-instance.ts';
import { judgedFacts } from './judged-facts.ts';
import { judgeSource, readiness } from './judge-source.ts';

const dataset = { spec: postgresDataset() };

const settings = (values: Partial<Record<SettingName, string>>): Partial<PostgresFacts> => ({
  settings: {
    ...FIT.settings,
    ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, known(value)])),
  },
});
const server = (value: object): Partial<PostgresFacts> => ({
  server: known({ ...(valueOf(FIT.server) ?? fail()), ...value }),
});
const database = (name: string, differs: object = {}) => ({
  name,
  bytes: 1,
  allowsConnections: true,
  collationVersion: '1',
  actualCollationVersion: '1',
  ...differs,
});
const slot = (name: string, walStatus: string | null = 'reserved') => ({
  name,
  physical: true,
  active: true,
  walStatus,
  retainedBytes: 0,
  safeBytes: null,
});
const sender = (role: string) => ({
  applicationName: role,
  role,
  clientAddress: null,
  state: 'streaming',
  syncState: 'async',
  unflushedBytes: 0,
  repliedAt: 0,
});
const fail = (): never => {
  throw new Error('the facts are known');
};

describe('an instance', () => {
  it('is fit when every fact is known and none is bad', () => {
    expect(readiness(judgeSource(FIT, dataset))).toMatchObject({ status: 'True', reason: 'Fit' });
  });

  it.each<[string, Partial<PostgresFacts>, 'True' | 'False']>([
    ['WrongVersion', server({ version: 140_011 }), 'False'],
    ['WrongVersion', server({ version: 180_000 }), 'False'],
    ['IsStandby', server({ inRecovery: true }), 'False'],
    ['ChecksumsOff', settings({ data_checksums: 'off' }), 'False'],
    ['ChecksumsOff', settings({ data_checksums: 'off', wal_log_hints: 'on' }), 'True'],
    ['UnsafeWrites', settings({ fsync: 'off' }), 'False'],
    ['UnsafeWrites', settings({ full_page_writes: 'off' }), 'False'],
    ['WalLevelTooLow', settings({ wal_level: 'minimal' }), 'False'],
    ['NoFreeSlot', { ...settings({ max_replication_slots: '1' }), slots: known([slot('theirs')]) }, 'False'],
    [
      'NoFreeSender',
      { ...settings({ max_wal_senders: '2' }), walSenders: known([sender('theirs')]) },
      'False',
    ],
    ['SlotLosesWal', { slots: known([slot('zb_a', 'lost')]) }, 'True'],
    ['SlotsWithoutCap', settings({ max_slot_wal_keep_size: '-1' }), 'True'],
    ['DatabaseMissing', { databases: known([]) }, 'False'],
    ['UnnamedDatabases', { databases: known([database('population'), database('secret')]) }, 'True'],
    [
      'CollationMismatch',
      { databases: known([database('population', { actualCollationVersion: '2' })]) },
      'True',
    ],
    ['CommitsNotSynchronous', settings({ synchronous_commit: 'local' }), 'False'],
    [
      'CommitsNotSynchronous',
      { commitOverrides: known([{ role: 'loader', database: null, value: 'off' }]) },
      'False',
    ],
    ['CertificateExpires', { certificateExpires: known(FIT.takenAt + 86_400_000) }, 'True'],
  ])('is told of %s by reason, and what to do [%#]', (reason, differs, status) => {
    const judgement = judgeSource({ ...FIT, ...differs }, dataset);
    expect(judgement.findings.map((finding) => finding.reason)).toEqual([reason]);
    expect(judgement.findings[0]?.remedy).toMatch(/\.$/);
    expect(readiness(judgement)).toMatchObject({ status, reason });
  });

  it('may have all slots and senders taken when it is zaibei that has them', () => {
    const taken = {
      ...settings({ max_replication_slots: '1', max_wal_senders: '1' }),
      slots: known([slot('zb_replica')]),
      walSenders: known([sender('zb-replicate-0')]),
    };
    expect(judgeSource({ ...FIT, ...taken }, dataset).findings).toEqual([]);
  });

  it('has the highest class of its databases', () => {
    const spec = postgresDataset({ class: 'general' }, [
      { name: 'population', class: 'core' },
      { name: 'b' },
    ]);
    expect(judgeSource(FIT, { spec }).class).toBe('core');
    expect(judgeSource(FIT, { spec: postgresDataset({ class: 'general' }) }).class).toBe('general');
  });

  it('of general data is only warned of commits that wait for less', () => {
    const weak = { ...FIT, ...settings({ synchronous_commit: 'off' }) };
    const judgement = judgeSource(weak, { spec: postgresDataset({ class: 'general' }) });
    expect(readiness(judgement)).toMatchObject({ status: 'True', reason: 'CommitsNotSynchronous' });
  });

  it('lists databases that no record names, but not the one that every instance has', () => {
    const databases = known([database('population'), database('postgres'), database('b'), database('a')]);
    expect(judgeSource({ ...FIT, databases }, dataset).unnamed).toEqual(['b', 'a']);
  });

  it('is never fine while any fact is unknown, whatever the others say', () => {
    const names = judgedFacts(FIT).map(([name]) => name);
    fc.assert(
      fc.property(fc.subarray(names, { minLength: 1 }), fc.string({ minLength: 1 }), (missing, why) => {
        const hide = <T>(name: string, fact: Fact<T>): Fact<T> =>
          missing.some((one) => one === name) ? unknown(why) : fact;
        const facts = Object.fromEntries(
          Object.entries(FIT).map(([name, fact]) => [
            name,
            name === 'takenAt' || name === 'settings' ? fact : hide(name, fact as Fact<unknown>),
          ]),
        );
        const hidden = {
          ...facts,
          settings: Object.fromEntries(SETTINGS.map((name) => [name, hide(name, FIT.settings[name])])),
        } as unknown as PostgresFacts; // the same facts, some of them hidden
        expect(readiness(judgeSource(hidden, dataset)).status).not.toBe('True');
      }),
    );
  });
});
