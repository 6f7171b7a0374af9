import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { RowEntry } from '../ledger/ledger-entry.ts';
import { judgeRows } from '../ledger/judge-rows.ts';
import { type Row, type RowSession, type WriteOutcome, writeRows } from './row-writer.ts';

/** What happens to a row: it is kept or not, and its writer hears this. */
interface Fate {
  readonly kept: boolean;
  readonly heard: WriteOutcome | 'refused';
}

const TOLD: Fate = { kept: true, heard: { outcome: 'acknowledged' } };
const WARNED: Fate = { kept: true, heard: { outcome: 'unsure', reason: 'canceling wait', usable: true } };
const CUT = (kept: boolean): Fate => ({ kept, heard: { outcome: 'unsure', reason: 'cut', usable: false } });
const REFUSED: Fate = { kept: false, heard: 'refused' };

/** Writes rows with these fates, one after the other; resolves with the ledger, the database, and what was said. */
async function write(fates: readonly Fate[], { ledger = [] as RowEntry[], rows = [] as Row[] } = {}) {
  const stop = new AbortController();
  const said: string[] = [];
  const left = [...fates];
  let connections = 0;
  const session: RowSession = {
    highestSequence: () => Promise.resolve(Math.max(0, ...rows.map(({ sequence }) => sequence))),
    write: (row) => {
      const fate = left.shift() ?? TOLD;
      if (left.length === 0) stop.abort();
      if (fate.kept) rows.push(row);
      return fate.heard === 'refused' ? Promise.reject(new Error('refused')) : Promise.resolve(fate.heard);
    },
    close: () => Promise.resolve(),
  };
  await writeRows({
    ledger: {
      append: (entry) => Promise.resolve(void ledger.push(entry)),
      get lastSequence() {
        return Math.max(0, ...ledger.map(({ sequence }) => sequence));
      },
    },
    connect: () => Promise.resolve(session).finally(() => (connections += 1)),
    valueOf: (sequence) => `value ${sequence}`,
    every: 0,
    say: (what) => said.push(what),
    signal: stop.signal,
  });
  const present = rows.map(({ sequence, value }) => ({
    sequence,
    digest: createHash('sha256').update(value).digest('hex'),
  }));
  return { ledger, rows, said, connections, judged: judgeRows(ledger, present) };
}

const outcomes = (ledger: readonly RowEntry[]): string[] =>
  ledger.map(({ sequence, outcome }) => `${sequence} ${outcome}`);

describe('a writer of rows', () => {
  test('acknowledges what came back without a warning, and nothing else', async () => {
    const { ledger, judged, connections } = await write([TOLD, WARNED, TOLD]);
    expect(outcomes(ledger)).toEqual(['1 acknowledged', '2 unsure', '3 acknowledged']);
    expect(ledger[1]?.reason).toBe('canceling wait');
    expect(judged).toMatchObject({ lost: [], unacknowledged: [2] });
    // A warning is no reason to go.
    expect(connections).toBe(1);
  });

  test.each([true, false])(
    'connects again after a cut, and uses the number of the unsure row never again (kept: %s)',
    async (kept) => {
      const { ledger, said, connections } = await write([TOLD, CUT(kept), TOLD]);
      expect(outcomes(ledger)).toEqual(['1 acknowledged', '2 unsure', '3 acknowledged']);
      expect([connections, said]).toEqual([2, ['cut']]);
    },
  );

  test('writes a row that is surely not there again', async () => {
    const { ledger, rows } = await write([TOLD, REFUSED, TOLD]);
    expect(outcomes(ledger)).toEqual(['1 acknowledged', '2 acknowledged']);
    expect(rows.map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  test('goes on after whatever is known: rows that the database lost, and rows that nobody wrote down', async () => {
    const lost: RowEntry = {
      sequence: 7,
      outcome: 'acknowledged',
      digest: '0'.repeat(64),
      at: '2026-01-02T03:04:05Z',
    };
    const { ledger } = await write([TOLD], { ledger: [lost] });
    expect(ledger.at(-1)?.sequence).toBe(8);
    const killed = await write([TOLD], { rows: [{ sequence: 3, value: 'not written down' }] });
    expect(killed.ledger.map(({ sequence }) => sequence)).toEqual([4]);
  });
});
