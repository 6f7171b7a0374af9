import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Ledger, LedgerDamagedError, readLedger } from './ledger.ts';
import { newestEntry } from './newest-entry.ts';
import { type RowEntry, rowEntrySchema } from './ledger-entry.ts';

let directory: string;
let file: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'lab-ledger-'));
  file = path.join(directory, 'ledgers', 'population.jsonl');
});
afterEach(() => rm(directory, { recursive: true }));

const row = (sequence: number): RowEntry => ({
  sequence,
  outcome: 'acknowledged',
  digest: sequence.toString(16).padStart(64, '0'),
  at: '2026-01-02T03:04:05.678Z',
});

describe('a ledger', () => {
  test('keeps what was added at once in the order in which it was added, for root alone', async () => {
    const ledger = await Ledger.open(file, rowEntrySchema);
    await Promise.all([1, 2, 3].map((sequence) => ledger.append(row(sequence))));
    expect(await readLedger(file, rowEntrySchema)).toEqual([1, 2, 3].map(row));
    expect(ledger.lastSequence).toBe(3);
    await ledger.close();
    expect((await stat(file)).mode & 0o077).toBe(0);
  });

  test('goes on after what it has, without a line that was not finished', async () => {
    const first = await Ledger.open(file, rowEntrySchema);
    await first.append(row(1));
    await first.append(row(2));
    await first.close();
    await appendFile(file, JSON.stringify(row(3)).slice(0, -5));
    expect(await readLedger(file, rowEntrySchema)).toEqual([row(1), row(2)]);

    const later = await Ledger.open(file, rowEntrySchema);
    expect(later.lastSequence).toBe(2);
    await later.append(row(4));
    await later.close();
    expect(await readLedger(file, rowEntrySchema)).toEqual([1, 2, 4].map(row));
    expect(await readFile(file, 'utf8')).toMatch(/\}\n$/);
  });

  test('tells its newest line without being read from the beginning', async () => {
    expect(await newestEntry(file)).toBeUndefined();
    const ledger = await Ledger.open(file, rowEntrySchema);
    expect(await newestEntry(file)).toBeUndefined();
    for (let sequence = 1; sequence <= 100; sequence += 1) await ledger.append(row(sequence));
    await appendFile(file, '{"sequence":1');
    expect(await newestEntry(file)).toEqual({ sequence: 100, outcome: 'acknowledged', at: row(100).at });
    await ledger.close();
  });

  test('that somebody else wrote into is not judged by, and says where', async () => {
    const ledger = await Ledger.open(file, rowEntrySchema);
    await ledger.append(row(1));
    await ledger.close();
    await appendFile(file, '{"sequence":2}\n');
    await expect(readLedger(file, rowEntrySchema)).rejects.toThrow(LedgerDamagedError);
    await expect(Ledger.open(file, rowEntrySchema)).rejects.toThrow(`${file}:2 is no line of a ledger`);
  });

  test('that is not there has nothing in it', async () => {
    expect(await readLedger(file, rowEntrySchema)).toEqual([]);
  });
});
