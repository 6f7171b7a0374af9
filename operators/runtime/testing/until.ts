import { vi } from 'vitest';

/** Waits until something is so that real sockets bring about, which on a busy machine may take seconds. */
export async function until(condition: () => boolean): Promise<void> {
  await vi.waitUntil(condition, { timeout: 15_000, interval: 5 });
}
