import { setTimeout as pause } from 'node:timers/promises';
import { LinkDeadlineError, NotRootError, UsageError } from '../errors.ts';
import { attempt } from '../execute.ts';
import { type LabCentre, type LabInstance, requireCentre } from '../instance.ts';
import { takeInstanceLock } from '../instance-lock.ts';
import { applyLinkSettings } from '../network/centre-network.ts';
import { delayTable } from '../network/delay-rules.ts';
import {
  type LinkSettings,
  readLinkSettings,
  settingsOf,
  writeLinkSettings,
} from '../network/link-settings.ts';
import { namespaceExists, namespaceFile } from '../network/namespaces.ts';
import type { Progress } from '../progress.ts';

/** What changes about a link; what is not named stays as it is. `undefined` lifts a limit. */
export type LinkChange = Partial<{ [Key in keyof LinkSettings]: LinkSettings[Key] | undefined }>;

/**
 * Changes the link between two centres, and resolves once packets meet the change. It holds until it is changed
 * again, over power cuts too.
 * @returns the settings that the link has now
 * @throws UsageError when the two are no pair, or one is not known; LinkDeadlineError
 */
export async function changeLink(
  instance: LabInstance,
  names: readonly [string, string],
  change: LinkChange,
  progress: Progress,
): Promise<LinkSettings> {
  if (process.getuid?.() !== 0) throw new NotRootError();
  const [a, b] = [requireCentre(instance, names[0]), requireCentre(instance, names[1])];
  if (a.name === b.name) throw new UsageError(`${a.name} has no link to itself: name two centres`);
  const lock = await takeInstanceLock(instance, 'lab link', progress);
  try {
    const settings = merge(settingsOf(await readLinkSettings(instance), a, b), change);
    await writeLinkSettings(instance, a, b, settings);
    // A centre without power has no links; it gets them as they are set when the power comes on.
    if (!namespaceExists(a.namespace) || !namespaceExists(b.namespace)) return settings;
    await applyLinkSettings(a, b, settings);
    if ('delay' in change) {
      await awaitDelay(instance, a, b, settings);
      await awaitDelay(instance, b, a, settings);
    }
    return settings;
  } finally {
    await lock.release();
  }
}

function merge(settings: LinkSettings, change: LinkChange): LinkSettings {
  const merged = { ...settings, ...change };
  return {
    cut: merged.cut ?? false,
    ...(merged.bitsPerSecond === undefined ? {} : { bitsPerSecond: merged.bitsPerSecond }),
    ...(merged.delay === undefined ? {} : { delay: merged.delay }),
  };
}

/** Waits until the proxy in `from` has put its redirection in place, or has taken it away. */
async function awaitDelay(
  instance: LabInstance,
  from: LabCentre,
  to: LabCentre,
  { delay }: LinkSettings,
): Promise<void> {
  const enter = [`--net=${namespaceFile(from.namespace)}`, 'nft', 'list', 'table', 'ip', delayTable(to)];
  const wanted = delay === undefined ? undefined : `comment "${delay.roundTripMs} ms"`;
  const deadline = performance.now() + 20_000;
  while (performance.now() < deadline) {
    const rules = await attempt('nsenter', enter);
    if (wanted === undefined ? rules === undefined : rules?.includes(wanted)) return;
    await pause(100);
  }
  throw new LinkDeadlineError(instance.name, from.name, to.name, 20);
}
