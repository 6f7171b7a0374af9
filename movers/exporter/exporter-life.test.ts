import { chownSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DEPARTMENT, ExporterRig, type Pull } from './testing/exporter-rig.ts';

/** Each is given to every reader at a fraction of this a second, so that a transfer is going on while something happens. */
const SIZE = 3_000_000;

const SLOW = ['-a', '--bwlimit=600'];

let rig: ExporterRig;

beforeEach(async () => {
  rig = await ExporterRig.open();
  writeFileSync(path.join(rig.volume, 'large'), Buffer.alloc(SIZE, 'x'));
}, 60_000);

afterEach(() => rig[Symbol.asyncDispose]());

/** Pulls the large file slowly. Returns while the transfer is going on. */
async function beginPull(): Promise<{ readonly ended: Promise<Pull> }> {
  const ended = rig.rsync(await rig.issue('pull'), [...SLOW, 'EXPORTER/large', rig.at('slow')]);
  await rig.reportThat(({ transfers }) => transfers === 1);
  return { ended };
}

describe('an exporter', () => {
  it('takes up an exchanged certificate and lets a running transfer go on', async () => {
    await rig.serve();
    const pull = await beginPull();
    const until = Math.floor((Date.now() + 3_600_000) / 1000) * 1000;
    rig.serveWith(await rig.issue('export', { until }));
    const reader = await rig.issue('pull');
    await vi.waitFor(
      async () => {
        expect(await rig.servedUntil(reader)).toBe(until);
      },
      { timeout: 15_000 },
    );
    const { transfers } = await rig.reportThat(({ certificateUntil }) => certificateUntil !== undefined);
    expect(transfers).toBe(1);
    expect((await pull.ended).code).toBe(0);
    expect(readFileSync(rig.at('slow'))).toHaveLength(SIZE);
  });

  it('lets a running transfer end before it ends itself', async () => {
    await rig.serve();
    const pull = await beginPull();
    await rig.terminate();
    expect((await pull.ended).code).toBe(0);
  });

  it('serves as soon as there is a certificate, and says what is wrong until then', async () => {
    rmSync(path.join(rig.certificates, 'tls.key'));
    await rig.start();
    expect((await rig.reportThat(({ trouble }) => trouble?.reason === 'CertificateMissing')).trouble).toEqual(
      {
        reason: 'CertificateMissing',
        message: 'The Secret of the exporter has no tls.key.',
      },
    );
    expect(await rig.readiness()).toBe(503);
    rig.serveWith(await rig.issue('export', { until: Date.now() - 60_000 }));
    await rig.reportThat(({ trouble }) => trouble?.reason === 'CertificateExpired');
    rig.serveWith(await rig.issue('export', { dataset: { namespace: 'economy', name: 'economy' } }));
    await rig.reportThat(({ trouble }) => trouble?.reason === 'CertificateUnfit');
    rig.serveWith(await rig.issue('export'));
    await rig.reportThat(({ trouble }) => trouble === undefined);
    expect(await rig.readiness()).toBe(200);
    expect(rig.output).not.toContain('PRIVATE KEY');
  });

  it('serves nobody any more when its certificate is taken away, and again when there is another', async () => {
    await rig.serve();
    const reader = await rig.issue('pull');
    const pull = () => rig.rsync(reader, ['-a', 'EXPORTER/large', rig.at('pulled')]);
    expect((await pull()).code).toBe(0);
    for (const name of ['tls.crt', 'tls.key', 'ca.crt']) rmSync(path.join(rig.certificates, name));
    await rig.reportThat(({ trouble }) => trouble?.reason === 'CertificateMissing');
    expect((await pull()).code).not.toBe(0);
    rig.serveWith(await rig.issue('export'));
    await rig.reportThat(({ trouble }) => trouble === undefined);
    expect((await pull()).code).toBe(0);
  });

  it('serves a path as soon as it is a folder of the volume, and none that leads out of it', async () => {
    const served = path.join(rig.volume, 'archive');
    await rig.start({ ZAIBEI_PATH: '/archive' });
    await rig.reportThat(({ trouble }) => trouble?.reason === 'PathMissing');
    symlinkSync(rig.certificates, served);
    await rig.reportThat(({ trouble }) => trouble?.reason === 'PathOutsideVolume');
    rmSync(served);
    writeFileSync(served, 'a file');
    await rig.reportThat(({ trouble }) => trouble?.reason === 'PathNotFolder');
    rmSync(served);
    mkdirSync(served, { mode: 0o700 });
    await rig.reportThat(({ trouble }) => trouble?.reason === 'PathUnreadable');
    chownSync(served, DEPARTMENT, DEPARTMENT);
    await rig.reportThat(({ trouble }) => trouble === undefined);
    rmSync(served, { recursive: true });
    symlinkSync(rig.certificates, served);
    await rig.reportThat(({ trouble }) => trouble?.reason === 'PathOutsideVolume');
    const { code } = await rig.rsync(await rig.issue('pull'), ['-a', 'EXPORTER/', rig.at('stolen')]);
    expect(code).not.toBe(0);
  });
});
