import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

import { pack } from 'tar-stream';

import { addFile, NEUTRAL_HEADER } from './layer.ts';

/** What a container of the image runs unless its pod says otherwise. */
export interface ImageConfig {
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  /** `uid:gid`, numeric. */
  readonly user?: string;
}

interface Blob {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  /** The contents; a layer stays in its file. */
  readonly content: Buffer | { readonly file: string };
}

/**
 * Writes an image as an OCI archive (image-spec: `oci-layout`, `index.json`, `blobs/sha256/…`), which
 * `ctr images import` takes. Nothing of time or machine goes in: the same layers and configuration give the
 * same bytes.
 * @param name as in pods, `zaibei/pause:1`; the archive carries it in full, `docker.io/zaibei/pause:1`
 * @param layers tars with the image's files, the lowest first
 * @returns digest of the image's manifest, `sha256:…`
 */
export async function writeOciArchive(
  name: string,
  config: ImageConfig,
  layers: readonly string[],
  output: string,
): Promise<string> {
  const layerBlobs = await Promise.all(
    layers.map((layer) => fileBlob('application/vnd.oci.image.layer.v1.tar', layer)),
  );
  const configBlob = jsonBlob('application/vnd.oci.image.config.v1+json', {
    architecture: 'amd64',
    os: 'linux',
    config: {
      Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
      Entrypoint: config.entrypoint,
      Cmd: config.command,
      User: config.user,
    },
    rootfs: { type: 'layers', diff_ids: layerBlobs.map(({ digest }) => digest) },
  });
  const manifest = jsonBlob('application/vnd.oci.image.manifest.v1+json', {
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: descriptor(configBlob),
    layers: layerBlobs.map(descriptor),
  });
  const index = {
    schemaVersion: 2,
    manifests: [
      {
        ...descriptor(manifest),
        annotations: {
          'io.containerd.image.name': `docker.io/${name}`,
          'org.opencontainers.image.ref.name': name.split(':')[1],
        },
      },
    ],
  };

  const archive = pack();
  const written = pipeline(archive, createWriteStream(output));
  archive.entry({ ...NEUTRAL_HEADER, name: 'oci-layout' }, '{"imageLayoutVersion":"1.0.0"}');
  archive.entry({ ...NEUTRAL_HEADER, name: 'index.json' }, JSON.stringify(index));
  for (const { digest, content } of [manifest, configBlob, ...layerBlobs]) {
    const header = { ...NEUTRAL_HEADER, name: `blobs/${digest.replace(':', '/')}` };
    if (Buffer.isBuffer(content)) archive.entry(header, content);
    else await addFile(archive, header, content.file);
  }
  archive.finalize();
  await written;
  return manifest.digest;
}

function jsonBlob(mediaType: string, value: unknown): Blob {
  const content = Buffer.from(JSON.stringify(value));
  const digest = createHash('sha256').update(content).digest('hex');
  return { mediaType, digest: `sha256:${digest}`, size: content.length, content };
}

async function fileBlob(mediaType: string, file: string): Promise<Blob> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const { size } = await stat(file);
  return { mediaType, digest: `sha256:${hash.digest('hex')}`, size, content: { file } };
}

function descriptor({ mediaType, digest, size }: Blob): Pick<Blob, 'mediaType' | 'digest' | 'size'> {
  return { mediaType, digest, size };
}
