import { access, readFile, rm, writeFile } from 'node:fs/promises';

import { type RunBound } from './bound-process.ts';
import { type FindOnPath } from './search-path.ts';
import { ToolchainError } from './toolchain-error.ts';

/** A Debian package and what of it the lab uses. What is there from elsewhere (Docker's containerd, say) is left alone. */
export interface DebianPackage {
  readonly name: string;
  readonly commands?: readonly string[];
  readonly files?: readonly string[];
}

/** What the lab takes from Debian, and why. */
export const DEBIAN_PACKAGES: readonly DebianPackage[] = [
  { name: 'containerd', commands: ['containerd', 'ctr', 'containerd-shim-runc-v2'] }, // runs the pods of a centre
  { name: 'runc', commands: ['runc'] },
  {
    name: 'containernetworking-plugins', // the pod network of a centre
    files: ['bridge', 'host-local', 'loopback', 'portmap', 'tuning'].map(
      (plugin) => `/usr/lib/cni/${plugin}`,
    ),
  },
  { name: 'iproute2', commands: ['ip', 'bridge', 'tc'] }, // links between centres
  { name: 'nftables', commands: ['nft'] }, // kube-proxy's rules, the lab's network policies
  { name: 'conntrack', commands: ['conntrack'] }, // kube-proxy clears old UDP flows with it
  { name: 'openssl', commands: ['openssl'] }, // certificates of a centre
  { name: 'tini', commands: ['tini'] }, // first process of a centre
  { name: 'mmdebstrap', commands: ['mmdebstrap'] }, // makes the Debian images
  { name: 'rsync', commands: ['rsync'] }, // what the exporter runs, for its tests
  { name: 'stunnel4', commands: ['stunnel4'] },
  // A server of its own for each test that needs a real one.
  {
    name: 'postgresql-15',
    files: ['initdb', 'postgres'].map((program) => `/usr/lib/postgresql/15/bin/${program}`),
  },
  {
    name: 'postgresql-client-15',
    files: ['pg_basebackup', 'pg_isready'].map((program) => `/usr/lib/postgresql/15/bin/${program}`),
  },
  { name: 'ca-certificates', files: ['/etc/ssl/certs/ca-certificates.crt'] },
];

/** The packages of which something is not on this machine. */
export async function missingPackages(
  find: FindOnPath,
  packages: readonly DebianPackage[] = DEBIAN_PACKAGES,
): Promise<string[]> {
  const verdicts = await Promise.all(
    packages.map(async ({ commands = [], files = [] }) => {
      const found = await Promise.all([...commands.map(find), ...files.map(existing)]);
      return found.includes(undefined);
    }),
  );
  return packages.filter((_, index) => verdicts[index]).map(({ name }) => name);
}

async function existing(file: string): Promise<string | undefined> {
  return access(file).then(
    () => file,
    () => undefined,
  );
}

const APT_ENVIRONMENT = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };

/**
 * Installs packages.
 * @param policy Debian's switch against starting services
 * @throws ToolchainError ZB-TOOL-007
 */
export async function installPackages(
  names: readonly string[],
  run: RunBound,
  policy = '/usr/sbin/policy-rc.d',
): Promise<void> {
  const install = ['install', '--yes', '--no-install-recommends', ...names];
  try {
    await withoutStartingServices(policy, async () => {
      await refreshingLists(run, 'apt-get', install);
    });
  } catch (cause) {
    throw new ToolchainError(
      'ZB-TOOL-007',
      `apt-get could not install ${names.join(', ')}; install them by hand and run the command again. ${String(cause)}`,
      { cause },
    );
  }
}

/** Runs apt; refreshes its lists, and runs it again, only when it does not succeed with the lists there are. */
export async function refreshingLists(
  run: RunBound,
  command: string,
  args: readonly string[],
): Promise<void> {
  await run(command, args, { environment: APT_ENVIRONMENT }).catch(async () => {
    await run('apt-get', ['update'], { environment: APT_ENVIRONMENT });
    await run(command, args, { environment: APT_ENVIRONMENT });
  });
}

const POLICY_TEXT = '#!/bin/sh\n# zaibei: no service starts while the lab installs packages\nexit 101\n';

/**
 * Debian starts services when it installs them. The lab runs a containerd of its own in each centre and must not
 * bring a machine-wide one into being, so the install runs under Debian's own switch against that.
 * A switch that the machine has already stays; one that an interrupted run of ours left is taken over and removed.
 */
async function withoutStartingServices(policy: string, install: () => Promise<void>): Promise<void> {
  const present = await readFile(policy, 'utf8').catch(() => undefined);
  if (present !== undefined && present !== POLICY_TEXT) {
    await install();
    return;
  }
  await writeFile(policy, POLICY_TEXT, { mode: 0o755 });
  try {
    await install();
  } finally {
    await rm(policy, { force: true });
  }
}
