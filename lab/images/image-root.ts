import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { type RunBound } from '../toolchain/bound-process.ts';
import { buildFailure } from '../toolchain/build-failure.ts';
import { cacheKey } from '../toolchain/digest.ts';
import { type Image } from './image.ts';

/** Where the containerd root that holds exactly these images is, or will be, in the cache. */
export function describeImageRoot(images: readonly Image[], cache: string): string {
  const key = cacheKey(images.map(({ recipe, key }) => `${recipe.name} ${key}`).sort());
  return path.join(cache, 'image-roots', key);
}

/**
 * Imports images into a fresh containerd root, once: centres then start from hard links to it, which costs neither
 * time nor disk, instead of unpacking the same layers each.
 * @param root from {@link describeImageRoot}; appears only complete
 * @param partial folder for unfinished work, on the file system of the cache
 * @throws ToolchainError ZB-TOOL-002 (failed), 004 (disk full)
 */
export async function makeImageRoot(
  root: string,
  images: readonly Image[],
  partial: string,
  run: RunBound,
): Promise<void> {
  await mkdir(partial, { recursive: true });
  const work = await mkdtemp(path.join(partial, 'image-root-'));
  try {
    const made = path.join(work, 'root');
    const config = path.join(work, 'containerd.toml');
    await writeFile(config, containerdConfig(made));
    // containerd's mounts, sockets and shims stay in namespaces that end with this command, however it ends.
    const namespaces = ['--mount', '--pid', '--net', '--fork', '--kill-child', '--mount-proc'];
    const archives = images.map(({ archive }) => archive);
    await run('unshare', [...namespaces, 'bash', '-c', IMPORT, 'import', config, ...archives]);
    await rm(root, { recursive: true, force: true });
    await mkdir(path.dirname(root), { recursive: true });
    await rename(made, root);
  } catch (error) {
    throw await buildFailure('the store of images', partial, error);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * Without CRI, which would start the pause image's own checks and network set-up while only the store is wanted; and
 * without the folder for containerd's optional programs, which would be made on the machine itself.
 */
function containerdConfig(root: string): string {
  return `version = 2
root = ${JSON.stringify(root)}
state = "/run/containerd"
disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.internal.v1.opt"]
[grpc]
  address = "/run/containerd.sock"
`;
}

/** Starts containerd, imports every archive as the kubelet's containerd would see it, ends containerd properly. */
const IMPORT = `set -eu
config=$1; shift
mount -t tmpfs tmpfs /run
containerd --config "$config" > /run/containerd.log 2>&1 &
containerd=$!
trap 'tail -n 20 /run/containerd.log >&2' ERR
ctr="ctr --address /run/containerd.sock --namespace k8s.io"
tries=0
until $ctr version > /run/version 2>&1; do
  tries=$((tries + 1)); [ "$tries" -lt 300 ] || { echo "containerd did not answer within 30 s" >&2; false; }
  kill -0 "$containerd" || { echo "containerd ended while starting" >&2; false; }
  sleep 0.1
done
for archive in "$@"; do $ctr images import "$archive" > /run/import; done
[ "$($ctr images ls --quiet | wc -l)" -eq "$#" ] || { echo "not every image was imported" >&2; false; }
kill "$containerd"
wait "$containerd" || true
`;
