import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { DeployedSite } from '../testing/deployed-site.ts';
import { keepKeys, keptKeys } from '../testing/kept-keys.ts';
import { prepare, PREPARED, preparedKeys, sourceReady } from '../testing/prepared-source.ts';
import { findSecrets } from '../testing/secret-search.ts';
import { NOT_SERVED, refused } from '../testing/source-answers.ts';
import { countRows, fetchFiles, type Reader } from '../testing/source-readers.ts';
import { outputsOf } from '../testing/written-outputs.ts';

/** What a source is said to be that was revoked: why, and what to do. */
const REVOKED: Readonly<Record<string, readonly [reason: string, remedy: string]>> = {
  population: ['NotPrepared', 'Run "npx zaibei dataset prepare population/population".'],
  licences: ['CertificateMissing', 'Run "npx zaibei dataset prepare"'],
};

/**
 * The sources are closed again.
 * @param generations every password and key that they had
 */
export function revokedSources(
  site: () => DeployedSite,
  reader: () => Reader,
  generations: readonly (readonly string[])[],
): void {
  it('have keys that stand in nothing that anybody writes, neither those that they have nor those that they had', async () => {
    const keys = generations.flat();
    expect(generations).toHaveLength(2);
    expect(new Set(keys).size).toBe(keys.length);
    const outputs = await outputsOf(site());
    // Whoever has to do with the keys has said something.
    for (const pod of [
      'population/population-db',
      'licences/licences-exporter',
      'zaibei-system/zaibei-operator',
    ]) {
      const logs = [...outputs].filter(([name]) => name.startsWith(`production: log of ${pod}-`));
      expect(logs.map(([, text]) => text).join(''), pod).not.toBe('');
    }
    // Each is put somewhere too: those are found, and nothing else.
    const planted = keys.map((key, index) => [`planted ${index}`, `{"message":"${key}"}`] as const);
    const found = findSecrets(new Map([...outputs, ...planted]), keys);
    expect(found).toEqual(planted.map(([name]) => name));
    expect(found.length).toBeGreaterThan(20);
  });

  describe('once they are revoked', () => {
    beforeAll(async () => {
      await keepKeys(site(), reader().centre, 'last');
      for (const name of PREPARED) {
        const { exitCode, output } = await prepare(site(), name, '--revoke --yes');
        expect(exitCode, output).toBe(0);
      }
    });

    it('leave no key, and are said to be closed, and what to do', async () => {
      expect(await preparedKeys(site())).toEqual([]);
      for (const [name, [reason, remedy]] of Object.entries(REVOKED)) {
        await vi.waitFor(async () => {
          const message = expect.stringContaining(remedy) as string;
          expect(await sourceReady(site(), name)).toMatchObject({ reason, message });
        }, site().patience);
      }
    });

    it('let nobody in who kept a key, be it the first or the last', async () => {
      const shut = refused(/authentication failed|no pg_hba.conf entry/);
      const rows = await countRows(site(), reader(), {
        first: keptKeys('population', 'first'),
        last: keptKeys('population', 'last'),
      });
      expect(rows).toEqual({ first: shut, last: shut });
      const files = await fetchFiles(site(), reader(), {
        first: keptKeys('licences', 'first'),
        last: keptKeys('licences', 'last'),
      });
      expect(files).toEqual({ first: NOT_SERVED, last: NOT_SERVED });
    });
  });
}
