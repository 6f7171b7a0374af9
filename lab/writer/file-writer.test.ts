import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeFiles } from '../ledger/judge-files.ts';
import type { FileEntry } from '../ledger/ledger-entry.ts';
import { changeOf, digestOf, type FileChange, writeFiles } from './file-writer.ts';

/** What happens to a change: it is made or not, and its writer is told that it was, or is left unsure. */
const fates = fc.array(fc.constantFrom('told', 'made, not told', 'not made, not told'), {
  minLength: 1,
  maxLength: 60,
});

function make(volume: Map<string, string>, change: FileChange): void {
  if (change.what === 'put') volume.set(change.path, digestOf(change.content));
  else volume.delete(change.path);
}

describe('a writer of files', () => {
  test('creates, changes and deletes, and ends with a ledger that holds for whatever happened', async () => {
    await fc.assert(
      fc.asyncProperty(fates, async (script) => {
        const stop = new AbortController();
        const volume = new Map<string, string>();
        const ledger: FileEntry[] = [];
        const left = [...script];
        const session = {
          change: (change: FileChange) => {
            const fate = left.shift();
            if (left.length === 0) stop.abort();
            if (fate !== 'not made, not told') make(volume, change);
            return Promise.resolve(
              fate === 'told'
                ? ({ outcome: 'acknowledged' } as const)
                : ({ outcome: 'unsure', reason: 'no answer', usable: true } as const),
            );
          },
          close: () => Promise.resolve(),
        };
        await writeFiles({
          ledger: {
            append: (entry) => Promise.resolve(void ledger.push(entry)),
            get lastSequence() {
              return ledger.length;
            },
          },
          connect: () => Promise.resolve(session),
          every: 0,
          say: () => undefined,
          signal: stop.signal,
        });
        expect(ledger).toHaveLength(script.length);
        const fine = { lost: [], altered: [], returned: [], unknown: [] };
        expect(judgeFiles(ledger, volume)).toMatchObject(fine);
      }),
      { numRuns: 50 },
    );
  });

  test('does all three to files with names as people give them, and leaves more behind with every round', () => {
    const volume = new Map<string, string>();
    const changes = Array.from({ length: 70 }, (_, index) => changeOf(index + 1));
    for (const change of changes) make(volume, change);
    expect(new Set(changes.map(({ what }) => what))).toEqual(new Set(['put', 'delete']));
    expect(volume.size).toBe(30);
    for (const [path] of volume) expect(path).toMatch(/^\d{4}\/营业执照 \d{6}\.txt$/);
    const created = new Set(changes.map(({ path }) => path));
    expect(created.size).toBe(40);
    expect(changes.filter(({ what }) => what === 'put')).toHaveLength(60);
  });
});
