import { beforeAll, describe, expect, it, vi } from 'vitest';
import { LABELS } from '../../operators/api/layout/labels.ts';
import { copiesNamespace } from '../../operators/api/layout/namespaces.ts';
import { expectReach } from '../testing/asking-pod.ts';
import type { DeployedSite } from '../testing/deployed-site.ts';
import { prepare, PREPARED, sourceReady } from '../testing/prepared-source.ts';
import { FILES, NO_FILES, refused, refusedByTls, ROWS } from '../testing/source-answers.ts';
import { countRows, fetchFiles, PULL, SOURCE_PORTS, VERIFY, type Reader } from '../testing/source-readers.ts';
import { haveStrangers } from '../testing/source-strangers.ts';
import { revokedSources } from './revoked-sources.ts';
import { rotatedSources } from './rotated-sources.ts';

/** The exporter of the licence library, as a pod of its home. */
const EXPORTER_LOG = '--namespace=licences logs deployment/licences-exporter';

/** Whoever prepares the sources of the tenants, and whom they let in from then on. */
export function preparedSources(site: () => DeployedSite): void {
  describe('the sources of the tenants', () => {
    let reader: Reader;
    /** Every password and key that the sources ever had: all that were prepared at once are a generation. */
    const generations: (readonly string[])[] = [];

    beforeAll(async () => {
      reader = { centre: 'local-dr', host: await site().centre('production').nodeAddress() };
    });

    it.each(PREPARED)('are prepared by one command, which then finds nothing to do: %s', async (name) => {
      expect(await prepare(site(), name, '--check')).toMatchObject({ exitCode: 1 });
      const { exitCode, output } = await prepare(site(), name, '--yes');
      expect(exitCode, output).toBe(0);
      const again = await prepare(site(), name, '--check -o json');
      expect(again.exitCode, again.output).toBe(0);
      expect(JSON.parse(again.stdout)).toMatchObject({ missing: [] });
    });

    it('are read by the operator of their home, and are fit', async () => {
      for (const name of PREPARED) {
        await vi.waitFor(async () => {
          expect(await sourceReady(site(), name)).toMatchObject({ status: 'True' });
        }, site().patience);
      }
    });

    it('let in who has the certificate of the dataset and its password, and nobody else', async () => {
      const strangers = await haveStrangers(site(), reader.centre, 'verify', 'population');
      const answers = await countRows(site(), reader, {
        none: {},
        ...strangers,
        'wrong-password': { ...VERIFY, mistyped: true },
        own: VERIFY,
      });
      expect(answers).toEqual({
        none: refused(/requires a valid client certificate/),
        'of-another-dataset': refused(/authentication failed/),
        expired: refusedByTls('certificate expired'),
        'of-another-authority': refusedByTls('unknown ca'),
        'wrong-password': refused(/password authentication failed/),
        own: ROWS,
      });
    });

    it('give files to who has the certificate of the dataset, and to nobody else', async () => {
      const strangers = await haveStrangers(site(), reader.centre, 'pull', 'licences');
      const answers = await fetchFiles(site(), reader, { none: {}, ...strangers, own: PULL });
      expect(answers).toEqual({
        none: NO_FILES,
        'of-another-dataset': NO_FILES,
        expired: NO_FILES,
        'of-another-authority': NO_FILES,
        own: FILES,
      });
      // Why, it says at its own end: whom it refuses may have gone before an alert comes.
      await vi.waitFor(async () => {
        const log = await site().kubectl('production', EXPORTER_LOG);
        expect(log).toContain('peer did not return a certificate');
        expect(log).toContain('Subject checks failed');
        expect(log).toContain('certificate has expired');
        expect(log).toContain('unable to get local issuer certificate');
      }, site().patience);
    });

    it('are reached by what copies them, and by nobody else', async () => {
      const copies = { namespace: copiesNamespace('licences') };
      const puller = { ...copies, labels: { [LABELS.dataset]: 'licences' } };
      const exporter = `${reader.host}:${SOURCE_PORTS.exporter}`;
      await expectReach(site(), [
        { centre: 'local-dr', who: puller, to: exporter, reaches: true },
        { centre: 'remote-dr', who: puller, to: exporter, reaches: true },
        { centre: 'local-dr', who: copies, to: exporter, reaches: false },
        { centre: 'local-dr', who: { namespace: 'licences' }, to: exporter, reaches: false },
        { centre: 'production', who: { namespace: 'population' }, to: exporter, reaches: false },
      ]);
    });

    rotatedSources(site, () => reader, generations);
    revokedSources(site, () => reader, generations);
  });
}
