import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';

import { extract } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { type LayerFile, writeLayer } from './layer.ts';
import { writeOciArchive } from './oci-archive.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'zaibei-oci-'));
});

afterEach(() => rm(directory, { recursive: true }));

const at = (name: string): string => path.join(directory, name);

/** A file on this machine, with a date and rights that must not show. */
async function source(name: string, text: string, age: number, mode: number): Promise<string> {
  await writeFile(at(name), text);
  await utimes(at(name), age, age);
  await chmod(at(name), mode);
  return at(name);
}

interface TarEntry {
  readonly header: {
    readonly name: string;
    readonly type: string;
    readonly mode: number;
    readonly mtime: Date;
  };
  readonly content: Buffer;
}

async function readTar(file: string): Promise<TarEntry[]> {
  const entries: TarEntry[] = [];
  for await (const entry of createReadStream(file).pipe(extract())) {
    entries.push({ header: entry.header, content: await buffer(entry) });
  }
  return entries;
}

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

describe('a layer', () => {
  it('is the same whatever the order, dates and rights of the files it is made from', async () => {
    const make = async (round: number): Promise<Buffer> => {
      const files: LayerFile[] = [
        {
          path: '/usr/bin/tool',
          source: await source(`tool${round}`, 'tool', 1e9 * round, 0o700),
          executable: true,
        },
        {
          path: '/etc/tool.conf',
          source: await source(`conf${round}`, 'conf', 5e8 * round, 0o600),
          executable: false,
        },
      ];
      await writeLayer(round === 1 ? files : files.reverse(), at(`layer${round}`));
      return readFile(at(`layer${round}`));
    };
    expect(sha256(await make(1))).toBe(sha256(await make(2)));
  });

  it('has every folder before what is in it, all of root and of 1970', async () => {
    const file = await source('tool', 'tool', 1e9, 0o700);
    await writeLayer([{ path: '/usr/bin/tool', source: file, executable: true }], at('layer'));
    const entries = await readTar(at('layer'));
    expect(entries.map(({ header }) => [header.name, header.type, header.mode.toString(8)])).toEqual([
      ['usr/', 'directory', '755'],
      ['usr/bin/', 'directory', '755'],
      ['usr/bin/tool', 'file', '755'],
    ]);
    for (const { header } of entries) {
      expect(header).toMatchObject({ uid: 0, gid: 0, uname: '', gname: '', mtime: new Date(0) });
    }
    expect(entries.at(-1)?.content.toString()).toBe('tool');
  });
});

describe('an OCI archive', () => {
  const config = { entrypoint: ['/pause'], user: '65532:65532' };

  async function write(layer: string, output: string, changed: object = {}): Promise<string> {
    await writeFile(at('layer.tar'), layer);
    return writeOciArchive('zaibei/pause:1', { ...config, ...changed }, [at('layer.tar')], at(output));
  }

  it('is the same, to the bit, from the same layer and configuration, and another from others', async () => {
    const digest = await write('layer', 'first.tar');
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    await utimes(at('layer.tar'), 1e9, 1e9);
    expect(await write('layer', 'second.tar')).toBe(digest);
    expect(await readFile(at('second.tar'))).toEqual(await readFile(at('first.tar')));
    expect(await write('layer 2', 'third.tar')).not.toBe(digest);
    expect(await write('layer', 'fourth.tar', { user: '0:0' })).not.toBe(digest);
  });

  it('names every blob by its digest, from the index down to the layer', async () => {
    const digest = await write('layer', 'image.tar');
    const entries = await readTar(at('image.tar'));
    const blobs = entries.filter(({ header }) => header.name.startsWith('blobs/sha256/'));
    for (const { header, content } of blobs) expect(path.basename(header.name)).toBe(sha256(content));
    const json = (name: string): unknown =>
      JSON.parse(entries.find(({ header }) => header.name === name)?.content.toString() ?? '');
    const blob = (of: string): unknown => json(`blobs/${of.replace(':', '/')}`);
    expect(json('oci-layout')).toEqual({ imageLayoutVersion: '1.0.0' });
    expect(json('index.json')).toMatchObject({
      manifests: [{ digest, annotations: { 'io.containerd.image.name': 'docker.io/zaibei/pause:1' } }],
    });
    const layerDigest = `sha256:${sha256(Buffer.from('layer'))}`;
    const configBlob = blobs[1]?.content ?? Buffer.alloc(0);
    expect(blob(digest)).toMatchObject({
      config: { digest: `sha256:${sha256(configBlob)}`, size: configBlob.length },
      layers: [{ digest: layerDigest, size: 5 }],
    });
    expect(JSON.parse(configBlob.toString())).toMatchObject({
      config: { Entrypoint: ['/pause'], User: '65532:65532' },
      rootfs: { diff_ids: [layerDigest] },
    });
  });
});
