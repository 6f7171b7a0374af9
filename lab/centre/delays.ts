import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type LinkSettings, linkKey, readLinkSettings, settingsOf } from '../network/link-settings.ts';
import type { LabCentre } from '../instance.ts';
import type { Component } from './component.ts';
import { type Machine, peersOf } from './machine.ts';
import type { Supervisor } from './supervisor.ts';

/** A proxy of this centre that runs, and what it was started with. */
interface RunningDelay {
  readonly delay: string;
  readonly stop: AbortController;
  /** Resolves once it has been stopped and has taken its rules with it. */
  readonly stopped: Promise<void>;
}

/** Keeps one delay proxy running for each link of the centre that has a delay, as `links.json` says it at the time. */
export async function keepDelays(machine: Machine, supervisor: Supervisor): Promise<never> {
  const running = new Map<string, RunningDelay>();
  for (;;) {
    // A file that cannot be read just now changes nothing.
    const settings = await readLinkSettings(machine.instance).catch(() => undefined);
    for (const peer of settings === undefined ? [] : peersOf(machine.instance, machine.centre)) {
      const key = linkKey(machine.centre, peer);
      const { delay } = settingsOf(settings ?? {}, machine.centre, peer);
      const wanted = JSON.stringify(delay);
      if (running.get(key)?.delay === wanted) continue;
      running.get(key)?.stop.abort();
      await running.get(key)?.stopped;
      running.delete(key);
      if (delay === undefined) continue;
      const stop = new AbortController();
      const stopped = supervisor.run(delayComponent(machine, peer, delay), stop.signal);
      running.set(key, { delay: wanted, stop, stopped });
    }
    await pause(500);
  }
}

/** The proxy for connections from this centre to a peer. */
function delayComponent(
  { centre }: Machine,
  peer: LabCentre,
  delay: NonNullable<LinkSettings['delay']>,
): Component {
  const program = path.resolve(import.meta.dirname, '../network/delay-proxy.ts');
  return {
    name: `delay-to-${peer.name}`,
    startsWith: 'api-server',
    files: [],
    command: [process.execPath, program, JSON.stringify({ centre, peer, ...delay })],
  };
}
