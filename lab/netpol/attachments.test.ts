import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { parseAttachment, readAttachments, watchAttachments, type Attachment } from './attachments.ts';

/** A note as containerd writes it, shortened. */
function note(name: string, address: string, ifName = 'eth0'): string {
  return JSON.stringify({
    kind: 'cniCacheV1',
    containerId: '02b26ad8',
    config: 'ewo=',
    ifName,
    networkName: 'pods',
    cniArgs: [
      ['K8S_POD_NAMESPACE', 'tenant'],
      ['K8S_POD_NAME', name],
      ['K8S_POD_UID', 'c00daf36-48dd-44cd-b78e-874274aba403'],
      ['IgnoreUnknown', '1'],
    ],
    result: {
      cniVersion: '0.4.0',
      interfaces: [{ name: 'cni0' }],
      ips: [{ address: `${address}/24`, gateway: '10.91.1.1', interface: 2, version: '4' }],
    },
  });
}

describe('a note', () => {
  test('tells which pod has which address', () => {
    expect(parseAttachment(note('web', '10.91.1.7'))).toEqual({
      namespace: 'tenant',
      name: 'web',
      address: '10.91.1.7',
    });
  });

  test.each([
    ['is empty, because it is about to be written', ''],
    ['is half written', note('web', '10.91.1.7').slice(0, 200)],
    ['is on the loopback', note('web', '127.0.0.1', 'lo')],
    ['is on something else than a pod', note('web', '10.91.1.7').replaceAll('K8S_POD_', 'OTHER_')],
    ['has no address', note('web', '10.91.1.7').replace(/"ips":\[.*\]/, '"ips":[]')],
  ])('tells nothing when it %s', (_, text) => {
    expect(parseAttachment(text)).toBeUndefined();
  });
});

describe('the folder', () => {
  let folder: string;
  let stop: AbortController;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'attachments-'));
    stop = new AbortController();
  });
  afterEach(async () => {
    stop.abort();
    await rm(folder, { recursive: true });
  });

  test('is read as a whole', async () => {
    await writeFile(path.join(folder, 'pods-1-eth0'), note('web', '10.91.1.7'));
    await writeFile(path.join(folder, 'pods-1-lo'), note('web', '127.0.0.1', 'lo'));
    await writeFile(path.join(folder, 'pods-2-eth0'), note('db', '10.91.1.8'));
    const names = (await readAttachments(folder)).map(({ name }) => name);
    expect(names.sort()).toEqual(['db', 'web']);
  });

  test('is made if it is not there, and followed until the signal', async () => {
    const directory = path.join(folder, 'cni/results');
    let seen: readonly Attachment[] | undefined;
    const expectSeen = (expected: readonly Attachment[]) =>
      vi.waitFor(
        () => {
          expect(seen).toEqual(expected);
        },
        { timeout: 10_000 },
      );
    const watching = watchAttachments(directory, stop.signal, (attachments) => {
      seen = attachments;
    });
    await expectSeen([]);
    await writeFile(path.join(directory, 'pods-1-eth0'), note('web', '10.91.1.7'));
    await expectSeen([{ namespace: 'tenant', name: 'web', address: '10.91.1.7' }]);
    await rm(path.join(directory, 'pods-1-eth0'));
    await expectSeen([]);
    stop.abort();
    await expect(watching).resolves.toBeUndefined();
    expect(await readdir(directory)).toEqual([]);
  });
});
