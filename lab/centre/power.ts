import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { lowerCentreNetwork, raiseCentreNetwork } from '../network/centre-network.ts';
import { listLinks, ipBatch } from '../network/ip.ts';
import { namespaceExists, namespaceFile } from '../network/namespaces.ts';
import { removeCgroup } from './cgroups.ts';
import { provideImages } from './image-store.ts';
import { issueCertificates } from './issue-certificates.ts';
import type { Machine } from './machine.ts';
import { findFirstProcess, killProcesses } from './processes.ts';

/** Gives a centre what it needs on disk before its first start: keys and images. Does nothing when it has them. */
export async function prepareDisk(machine: Machine): Promise<void> {
  await Promise.all([issueCertificates(machine), provideImages(machine)]);
}

/**
 * Turns a centre on: its network, and in it new PID, mount, host name and IPC namespaces whose first process starts
 * everything. Returns as soon as that runs; {@link awaitReady} waits for the rest. The centre needs no command of the
 * lab to go on. Does nothing when the power is on.
 */
export async function powerOn(machine: Machine): Promise<void> {
  const { instance, centre, paths, toolchain } = machine;
  if (findFirstProcess(centre.namespace) !== undefined) return;
  // Remains of a start that was interrupted before the first process ran.
  await killProcesses(centre.namespace);
  await prepareDisk(machine);
  await raiseCentreNetwork(instance, centre);
  await mkdir(paths.logs, { recursive: true, mode: 0o700 });
  await rm(paths.supervisorFile, { force: true });
  await writeFile(paths.machineFile, JSON.stringify(machine, null, 2), { mode: 0o600 });

  const init = path.join(import.meta.dirname, 'init.ts');
  const log = openSync(initLog(machine), 'w', 0o600);
  const child = spawn(
    'nsenter',
    [
      `--net=${namespaceFile(centre.namespace)}`,
      // Not `ip netns exec`: that mounts /sys anew, and the cgroups would be gone.
      ...['unshare', '--mount', '--pid', '--uts', '--ipc', '--fork', '--mount-proc', '--kill-child'],
      // As process 1 tini reaps the orphans of a whole machine, which Node does not.
      ...[toolchain.programs.tini, '--', process.execPath, init, paths.machineFile],
    ],
    {
      detached: true,
      stdio: ['ignore', log, log],
      env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root' },
    },
  );
  child.unref();
  closeSync(log);
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
}

/** Where init says what it could not do. */
export function initLog({ paths }: Pick<Machine, 'paths'>): string {
  return path.join(paths.logs, 'init.log');
}

/**
 * Pulls the plug of a centre: its links go down first, so that no dying program can send a farewell that a machine
 * without power would not send; then one SIGKILL ends everything. What is on disk stays.
 * @param name name of the centre's namespace
 * @returns what could not be ended or removed
 */
export async function powerOff(name: string): Promise<readonly string[]> {
  if (namespaceExists(name)) {
    const links = await listLinks(name).catch(() => []);
    const outward = links
      .map((link) => link.ifname)
      .filter((link) => link === 'eth0' || link.startsWith('to-'));
    await ipBatch(
      outward.map((link) => `link set ${link} down`),
      name,
    ).catch(() => undefined);
  }
  const processes = await killProcesses(name);
  await lowerCentreNetwork(name);
  const cgroups = await removeCgroup(name);
  return [...processes.map((pid) => `process ${pid}`), ...cgroups.map((directory) => `cgroup ${directory}`)];
}
