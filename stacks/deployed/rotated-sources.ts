import type { X509Certificate } from 'node:crypto';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { LABELS } from '../../operators/api/layout/labels.ts';
import { copiesNamespace } from '../../operators/api/layout/namespaces.ts';
import { certificateSecretName } from '../../operators/api/layout/source-access.ts';
import {
  decimalSerial,
  endSessions,
  GUARD,
  sessionsOf,
  WRITER,
  type DatabaseSession,
} from '../testing/database-sessions.ts';
import type { DeployedSite } from '../testing/deployed-site.ts';
import { keepKeys, keptKeys } from '../testing/kept-keys.ts';
import { certificateIn, prepare, PREPARED, preparedKeys, sourceReady } from '../testing/prepared-source.ts';
import { shownAfter } from '../testing/shown-certificate.ts';
import { FILES, refused, ROWS } from '../testing/source-answers.ts';
import { countRows, fetchFiles, PULL, VERIFY, type Reader } from '../testing/source-readers.ts';
import { expectNothingLost, ledgerOf, WRITTEN, type LedgerEntry } from '../testing/writer-ledger.ts';

/** Changes that each writer makes after the exchange before it is judged. */
const ENOUGH = 10;

/** How things were before the keys were exchanged. */
interface Before {
  readonly writers: readonly DatabaseSession[];
  /** Length of each ledger. */
  readonly written: readonly number[];
  readonly conditions: readonly unknown[];
  /** Serial number of the certificate that the exporter shows. */
  readonly shown: string;
  /** The container of the exporter. */
  readonly exporter: string;
}

/**
 * The sources get other keys while they are read and written.
 * @param generations gets every password and key that they had, and those that they get
 */
export function rotatedSources(
  site: () => DeployedSite,
  reader: () => Reader,
  generations: (readonly string[])[],
): void {
  describe('while new keys take the place of the old', () => {
    let before: Before;

    beforeAll(async () => {
      await keepKeys(site(), reader().centre, 'first');
      generations.push(await preparedKeys(site()));
      before = {
        writers: await sessionsOf(site(), WRITER),
        written: (await ledgers(site())).map((entries) => entries.length),
        conditions: await conditionsOf(site()),
        shown: (await exporterCertificate(site())).serialNumber,
        exporter: await exporterContainer(site()),
      };
      for (const name of PREPARED) {
        const { exitCode, output } = await prepare(site(), name, '--rotate --yes');
        expect(exitCode, output).toBe(0);
      }
      generations.push(await preparedKeys(site()));
    });

    it('keep none of the old ones, and stay fit', async () => {
      const [first = [], second = []] = generations;
      expect(second).toHaveLength(first.length);
      expect(second.filter((value) => first.includes(value))).toEqual([]);
      expect(await conditionsOf(site())).toEqual(before.conditions);
    });

    it('let in who has the new ones, and by no old password', async () => {
      const old = keptKeys('population', 'first');
      const rows = await countRows(site(), reader(), {
        'old-password': { ...old, certificate: VERIFY.certificate },
        'old-keys': old,
        own: VERIFY,
      });
      const shut = refused(/password authentication failed/);
      expect(rows).toEqual({ 'old-password': shut, 'old-keys': shut, own: ROWS });
      // Of files there are certificates only, and one that somebody kept is good until its end.
      const kept = keptKeys('licences', 'first');
      expect(await fetchFiles(site(), reader(), { kept, own: PULL })).toEqual({ kept: FILES, own: FILES });
    });

    it('lose no row and no file that a writer was told of, nor its connection', async () => {
      const exchanged = await ledgers(site());
      const since = await vi.waitFor(async () => {
        const grown = await ledgers(site());
        for (const [index, entries] of grown.entries())
          expect(entries.length - (exchanged[index]?.length ?? 0), WRITTEN[index]).toBeGreaterThan(ENOUGH);
        return grown.map((entries, index) => entries.slice(before.written[index]));
      }, site().patience);
      expect(since.flat().filter(({ outcome }) => outcome !== 'acknowledged')).toEqual([]);
      expect(before.writers).toHaveLength(1);
      expect(await sessionsOf(site(), WRITER)).toEqual(before.writers);
      await expectNothingLost(site());
    });

    it('are served with the new certificate by an exporter that nobody has started again', async () => {
      const shown = await shownAfter(site(), reader(), before.shown);
      expect(shown).toBe((await exporterCertificate(site())).serialNumber);
      expect(await exporterContainer(site())).toBe(before.exporter);
    });

    it('are guarded with the new password and certificate from the next connection on', async () => {
      const namespace = copiesNamespace('population');
      const name = certificateSecretName('guard', 'population');
      const { serialNumber } = await certificateIn(site(), 'production', namespace, name);
      const serial = decimalSerial(serialNumber);
      await endSessions(site(), GUARD, serial);
      await vi.waitFor(async () => {
        expect(await sessionsOf(site(), GUARD)).toEqual([expect.objectContaining({ serial })]);
        expect(await sourceReady(site(), 'population')).toMatchObject({ status: 'True' });
      }, site().patience);
    });
  });
}

function exporterCertificate(site: DeployedSite): Promise<X509Certificate> {
  return certificateIn(site, 'production', 'licences', certificateSecretName('export', 'licences'));
}

function exporterContainer(site: DeployedSite): Promise<string> {
  const path = '{.items[*].status.containerStatuses[*].containerID}';
  const pods = `get pods --namespace=licences --selector=${LABELS.exporter}=licences`;
  return site.kubectl('production', `${pods} --output=jsonpath='${path}'`);
}

function ledgers(site: DeployedSite): Promise<readonly (readonly LedgerEntry[])[]> {
  return Promise.all(WRITTEN.map((tenant) => ledgerOf(site, tenant)));
}

/** Since when each source has been as it is. */
async function conditionsOf(site: DeployedSite): Promise<readonly unknown[]> {
  const conditions = PREPARED.map(async (name) => {
    const { status, lastTransitionTime } = (await sourceReady(site, name)) ?? {};
    return { name, status, lastTransitionTime };
  });
  return Promise.all(conditions);
}
