import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { type RunBound } from '../toolchain/bound-process.ts';

/** Release of the images, whatever release this machine runs: what the tests saw is what people get. */
export const DEBIAN_RELEASE = 'bookworm';

/** dpkg leaves out what no workload reads; the licences stay. A third of the size. */
export const DPKG_OPTIONS = `path-exclude=/usr/share/doc/*
path-include=/usr/share/doc/*/copyright
path-exclude=/usr/share/man/*
path-exclude=/usr/share/info/*
path-exclude=/usr/share/locale/*
path-exclude=/usr/share/lintian/*
`;

/** Arguments of mmdebstrap that decide what is in the layer, besides the packages: part of an image's key. */
export const DEBIAN_OPTIONS: readonly string[] = [
  '--quiet',
  '--variant=essential',
  '--aptopt=Apt::Install-Recommends "false"',
  '--skip=output/dev', // the runtime makes the devices
  // mmdebstrap takes these two over from the machine it runs on, and the kubelet mounts its own.
  '--customize-hook=rm -f "$1/etc/hostname" "$1/etc/resolv.conf"',
];

/**
 * Makes a Debian system of the essential packages, the given ones and their dependencies, as a tar.
 * With the same package versions in the archive the tar is the same to the bit.
 * @param work folder for what mmdebstrap needs meanwhile; left as it ends, for the caller to remove
 */
export async function writeDebianLayer(
  packages: readonly string[],
  output: string,
  work: string,
  run: RunBound,
): Promise<void> {
  const options = path.join(work, 'dpkg-options');
  await writeFile(options, DPKG_OPTIONS);
  // A namespace of its own: mounts and processes of the half-made system go with it, however it ends.
  const namespace = ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
  const include = `--include=${packages.join(',')}`;
  await run(
    'unshare',
    [...namespace, 'mmdebstrap', ...DEBIAN_OPTIONS, `--dpkgopt=${options}`, include, DEBIAN_RELEASE, output],
    { environment: { SOURCE_DATE_EPOCH: '0', TMPDIR: work } },
  );
}
