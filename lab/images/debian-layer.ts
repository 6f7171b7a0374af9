import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { type RunBound } from '../toolchain/bound-process.ts';
import { type DebianSystem, type SystemUser } from './debian-system.ts';

/** Release of the images, whatever release this machine runs: what the tests saw is what people get. */
export const DEBIAN_RELEASE = 'bookworm';

/** dpkg leaves out what no workload reads; the licences stay. A third of the size. */
const OMITTED = `path-exclude=/usr/share/doc/*
path-include=/usr/share/doc/*/copyright
path-exclude=/usr/share/man/*
path-exclude=/usr/share/info/*
path-exclude=/usr/share/locale/*
path-exclude=/usr/share/lintian/*
`;

const OPTIONS: readonly string[] = [
  '--quiet',
  '--variant=essential',
  '--aptopt=Apt::Install-Recommends "false"',
  '--skip=output/dev', // the runtime makes the devices
  // mmdebstrap takes these two over from the machine it runs on, and the kubelet mounts its own.
  '--customize-hook=rm -f "$1/etc/hostname" "$1/etc/resolv.conf"',
  // What packages asked at their installation, in another order each time; nobody will ask again.
  '--customize-hook=rm -rf "$1/var/cache/debconf"',
];

/** Options of dpkg while a system is made. */
export function dpkgOptions({ omitted = [] }: DebianSystem): string {
  return OMITTED + omitted.map((pattern) => `path-exclude=${pattern}\n`).join('');
}

/** Arguments of mmdebstrap that decide what is in the layer: with {@link dpkgOptions} they are part of an image's key. */
export function debianOptions({ packages, users = [], files = {}, removed = [] }: DebianSystem): string[] {
  return [
    ...OPTIONS,
    // The essential packages are there, the others not yet.
    ...users.map((user) => `--essential-hook=${addUser(user)}`),
    ...Object.entries(files).map(([file, text]) => `--essential-hook=${addFile(file, text)}`),
    ...removed.map((file) => `--customize-hook=${removeFile(file)}`),
    `--include=${packages.join(',')}`,
  ];
}

/**
 * Makes a Debian system of the essential packages, the given ones and their dependencies, as a tar.
 * With the same package versions in the archive the tar is the same to the bit.
 * @param work folder for what mmdebstrap needs meanwhile; left as it ends, for the caller to remove
 */
export async function writeDebianLayer(
  system: DebianSystem,
  output: string,
  work: string,
  run: RunBound,
): Promise<void> {
  const options = path.join(work, 'dpkg-options');
  await writeFile(options, dpkgOptions(system));
  // A namespace of its own: mounts and processes of the half-made system go with it, however it ends.
  const namespace = ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
  await run(
    'unshare',
    [...namespace, 'mmdebstrap', ...debianOptions(system), `--dpkgopt=${options}`, DEBIAN_RELEASE, output],
    { environment: { SOURCE_DATE_EPOCH: '0', TMPDIR: work } },
  );
}

function addUser({ name, uid, gid, home }: SystemUser): string {
  return [
    `echo ${quote(`${name}:x:${gid}:`)} >> "$1/etc/group"`,
    `echo ${quote(`${name}:x:${uid}:${gid}::${home}:/bin/sh`)} >> "$1/etc/passwd"`,
  ].join(' && ');
}

function addFile(file: string, text: string): string {
  const target = `"$1"${quote(file)}`;
  return `mkdir -p "$(dirname ${target})" && printf %s ${quote(text)} > ${target}`;
}

function removeFile(file: string): string {
  const links = `find "$1"${quote(path.dirname(file))} -type l -lname ${quote(`*${path.basename(file)}`)} -delete`;
  return `${links} && rm -rf "$1"${quote(file)}`;
}

/** As one word of the shell that runs mmdebstrap's hooks. */
function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
