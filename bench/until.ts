import { setTimeout as pause } from 'node:timers/promises';

/** How often a condition is looked at, in milliseconds: figures of seconds are right to a few hundredths. */
const INTERVAL = 20;

/**
 * Waits until something is so.
 * @param what for the message, after "waited in vain until"
 * @param seconds after which waiting has become pointless
 * @param interval milliseconds between two looks
 */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  seconds = 60,
  interval = INTERVAL,
): Promise<void> {
  const deadline = performance.now() + seconds * 1_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`waited ${seconds} s in vain until ${what}`);
    await pause(interval);
  }
}
