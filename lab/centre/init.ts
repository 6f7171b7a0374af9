/**
 * What runs first in a centre, right below tini: makes the namespaces it was born in a machine of its own, then
 * starts the components and keeps them running. `node lab/centre/init.ts <machine.json>`, started by power.ts.
 * When it is killed, the kernel ends everything in the centre: that is what a power cut is.
 */
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { applyAddOns } from './add-ons.ts';
import { ApiServer } from './api-server.ts';
import { enterCgroup } from './cgroups.ts';
import { components } from './components.ts';
import { keepDelays } from './delays.ts';
import type { Machine } from './machine.ts';
import { mountPrivateFolders } from './private-mounts.ts';
import { Supervisor } from './supervisor.ts';
import { VolumeKeeper } from './volume-keeper.ts';

const machineFile = process.argv[2];
if (machineFile === undefined) throw new Error('usage: init.ts <machine.json>');
const machine = JSON.parse(readFileSync(machineFile, 'utf8')) as Machine; // written by power.ts a moment ago

await enterCgroup(machine.centre.namespace);
await mountPrivateFolders(machine);
await setKernelSwitches();

const supervisor = new Supervisor(machine.paths);
const all = components(machine);
for (const component of all) if (component.startsWith === 'power') void supervisor.run(component);

const api = new ApiServer(machine);
while ((await api.ready()) !== true) await pause(100);
for (const component of all) if (component.startsWith === 'api-server') void supervisor.run(component);

void new VolumeKeeper(machine, api).run();
void keepDelays(machine, supervisor);
await keepTrying('add-ons', () => applyAddOns(machine));
supervisor.noteAddOnsApplied();

/** The node forwards packets between its pods and the world, and bridged packets pass the packet filter. */
async function setKernelSwitches(): Promise<void> {
  await writeFile('/proc/sys/net/ipv4/ip_forward', '1');
  const bridgeFilter = '/proc/sys/net/bridge/bridge-nf-call-iptables';
  await writeFile(bridgeFilter, '1');
  // Without it, pods on the same bridge would reach each other past every network policy.
  if ((await readFile(bridgeFilter, 'utf8')).trim() !== '1')
    throw new Error(`${bridgeFilter} cannot be turned on`);
}

async function keepTrying(what: string, action: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      await action();
      return;
    } catch (error) {
      process.stderr.write(`${what}: ${String(error)}\n`);
      await pause(500);
    }
  }
}
