import type { V1Secret } from '@kubernetes/client-node';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Dataset } from '../../operators/api/kinds/dataset.ts';
import { LABELS } from '../../operators/api/layout/labels.ts';
import { copiesNamespace } from '../../operators/api/layout/namespaces.ts';
import {
  certificateSecretName,
  DATABASE_ACCESSES,
  FILE_ACCESSES,
  passwordSecretName,
} from '../../operators/api/layout/source-access.ts';
import { expectEnds } from '../testing/asking-pod.ts';
import type { DeployedSite } from '../testing/deployed-site.ts';
import { readAt } from '../testing/reader-pod.ts';
import { findSecrets } from '../testing/secret-search.ts';
import { answersIn, databaseReading, filesReading, SOURCE_PORTS } from '../testing/source-readers.ts';
import { haveStrangers, STRANGERS } from '../testing/source-strangers.ts';
import { outputsOf } from '../testing/written-outputs.ts';

/** The sources that are prepared, and how each besides what is the same for all. Dataset and tenant have one name. */
const PREPARED: Readonly<Record<string, string>> = {
  population: '--port-forward --admin-secret population/population-db-admin',
  licences: '',
};

/** Whoever prepares the sources of the tenants, and whom they let in from then on. */
export function preparedSources(site: () => DeployedSite): void {
  describe('the sources of the tenants', () => {
    let host: string;

    beforeAll(async () => {
      host = await site().centre('production').nodeAddress();
    });

    it.each(Object.keys(PREPARED))(
      'are prepared by one command, which then finds nothing to do: %s',
      async (name) => {
        expect(await prepare(site(), name, '--check')).toMatchObject({ exitCode: 1 });
        const { exitCode, output } = await prepare(site(), name, '--yes');
        expect(exitCode, output).toBe(0);
        const again = await prepare(site(), name, '--check -o json');
        expect(again.exitCode, again.output).toBe(0);
        expect(JSON.parse(again.stdout)).toMatchObject({ missing: [] });
      },
    );

    it('are read by the operator of their home, and are fit', async () => {
      for (const name of Object.keys(PREPARED)) {
        await vi.waitFor(async () => {
          expect(await sourceReady(site(), name)).toMatchObject({ status: 'True' });
        }, site().patience);
      }
    });

    it('let in who has the certificate of the dataset and its password, and nobody else', async () => {
      await haveStrangers(site(), 'local-dr', 'verify', 'population');
      const answers = answersIn(await readAt(site(), databaseReading('local-dr', host)));
      const says = (words: string): string => expect.stringContaining(words) as string;
      expect(answers).toEqual({
        none: says('requires a valid client certificate'),
        'of-another-dataset': says('authentication failed'),
        expired: says('certificate expired'),
        'of-another-authority': says('unknown ca'),
        'wrong-password': says('password authentication failed'),
        own: expect.stringMatching(/^[1-9][0-9]*$/) as string,
      });
    });

    it('give files to who has the certificate of the dataset, and to nobody else', async () => {
      await haveStrangers(site(), 'local-dr', 'pull', 'licences');
      const answers = answersIn(await readAt(site(), filesReading('local-dr', host)));
      const refused = expect.stringMatching(/^exit [1-9][0-9]*, 0 files$/) as string;
      expect(answers).toEqual({
        ...Object.fromEntries(['none', ...STRANGERS].map((name) => [name, refused])),
        own: expect.stringMatching(/^exit 0, [1-9][0-9]* files$/) as string,
      });
    });

    it('are reached by what copies them, and by nobody else', async () => {
      const copies = { namespace: copiesNamespace('licences') };
      const reader = { ...copies, labels: { [LABELS.dataset]: 'licences' } };
      const exporter = `${host}:${SOURCE_PORTS.exporter}`;
      await expectEnds(site(), [
        { centre: 'local-dr', who: reader, to: exporter, ends: 'Succeeded' },
        { centre: 'remote-dr', who: reader, to: exporter, ends: 'Succeeded' },
        { centre: 'local-dr', who: copies, to: exporter, ends: 'Failed' },
        { centre: 'local-dr', who: { namespace: 'licences' }, to: exporter, ends: 'Failed' },
        { centre: 'production', who: { namespace: 'population' }, to: exporter, ends: 'Failed' },
      ]);
    });

    it('take new passwords and certificates while they are read and written, and stay fit', async () => {
      const before = await Promise.all(Object.keys(PREPARED).map((name) => sourceReady(site(), name)));
      const old = await preparedKeys(site());
      for (const name of Object.keys(PREPARED)) {
        const { exitCode, output } = await prepare(site(), name, '--rotate --yes');
        expect(exitCode, output).toBe(0);
      }
      const rotated = await preparedKeys(site());
      expect(rotated.filter((value) => old.includes(value))).toEqual([]);
      const entered = [databaseReading('local-dr', host), filesReading('local-dr', host)].map(
        async (reading) => {
          return answersIn(await readAt(site(), reading))['own'];
        },
      );
      expect(await Promise.all(entered)).toEqual([
        expect.stringMatching(/^[1-9][0-9]*$/),
        expect.stringMatching(/^exit 0, [1-9][0-9]* files$/),
      ]);
      const after = await Promise.all(Object.keys(PREPARED).map((name) => sourceReady(site(), name)));
      expect(after.map((condition) => condition?.lastTransitionTime)).toEqual(
        before.map((condition) => condition?.lastTransitionTime),
      );
    });

    it('have keys that stand in nothing that anybody writes', async () => {
      expect(findSecrets(await outputsOf(site()), await preparedKeys(site()))).toEqual([]);
    });

    it('are closed by revoking, which leaves no key, and are not said to be fit any more', async () => {
      for (const name of Object.keys(PREPARED)) {
        const { exitCode, output } = await prepare(site(), name, '--revoke --yes');
        expect(exitCode, output).toBe(0);
      }
      expect(await preparedKeys(site())).toEqual([]);
      for (const name of Object.keys(PREPARED)) {
        await vi.waitFor(async () => {
          expect((await sourceReady(site(), name))?.status).not.toBe('True');
        }, site().patience);
      }
    });
  });
}

/** Types `zaibei dataset prepare` as the person would who keeps the authority of the site. */
function prepare(site: DeployedSite, name: string, options: string): ReturnType<DeployedSite['zaibei']> {
  const authority = '--ca-certificate "$ZAIBEI_AUTHORITY/ca.crt" --ca-key "$ZAIBEI_AUTHORITY/ca.key"';
  return site.zaibei(`dataset prepare ${name}/${name} ${PREPARED[name] ?? ''} ${authority} ${options}`);
}

/** Whether a source is ready, as its home says. */
async function sourceReady(
  site: DeployedSite,
  name: string,
): Promise<NonNullable<NonNullable<Dataset['status']>['conditions']>[number] | undefined> {
  const { status } = await site.centre('production').dataset(`${name}/${name}`);
  return status?.conditions?.find(({ type }) => type === 'SourceReady');
}

/** Every password and key that was made for the sources, as far as one line of each tells it from all others. */
async function preparedKeys(site: DeployedSite): Promise<readonly string[]> {
  const found = await Promise.all(
    site.centres.flatMap((centre) =>
      Object.keys(PREPARED).flatMap((tenant) =>
        [tenant, copiesNamespace(tenant)].map(async (namespace) => {
          const secrets = await centre.kubectl(`get secrets --namespace=${namespace} -o json`);
          const { items } = JSON.parse(secrets) as { items: V1Secret[] };
          return items
            .filter(({ metadata }) => secretsOf(tenant).includes(metadata?.name ?? ''))
            .flatMap(({ data = {} }) => [data['password'], data['tls.key']]);
        }),
      ),
    ),
  );
  const values = found.flat(2).filter((value) => value !== undefined);
  return [...new Set(values.map((value) => lineOf(Buffer.from(value, 'base64').toString())))];
}

/** Names of the Secrets of a dataset, of whichever kind it is. */
function secretsOf(dataset: string): readonly string[] {
  return [
    ...DATABASE_ACCESSES.map((access) => passwordSecretName(access, dataset)),
    ...[...DATABASE_ACCESSES, ...FILE_ACCESSES].map((access) => certificateSecretName(access, dataset)),
  ];
}

/** A password as it is; of a key the second line, the first being the same in all. */
function lineOf(value: string): string {
  return value.split('\n')[value.startsWith('-----') ? 1 : 0] ?? value;
}
