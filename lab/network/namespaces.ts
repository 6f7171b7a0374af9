import { existsSync, readdirSync } from 'node:fs';
import { attempt, execute } from '../execute.ts';
import { centreNamePattern } from './link-names.ts';

/** Where `ip netns` keeps the names of network namespaces. */
const NAMES = '/run/netns';

/** File that stands for a network namespace. */
export function namespaceFile(name: string): string {
  return `${NAMES}/${name}`;
}

/** Whether the namespace exists and can be entered. */
export function namespaceExists(name: string): boolean {
  return existsSync(namespaceFile(name));
}

/** Makes the namespace unless it is there. A name without a namespace behind it, left by an interrupted start, is replaced. */
export async function ensureNamespace(name: string): Promise<void> {
  if (namespaceExists(name)) {
    if ((await attempt('ip', ['-netns', name, 'link', 'show', 'lo'])) !== undefined) return;
    await attempt('ip', ['netns', 'delete', name]);
  }
  await execute('ip', ['netns', 'add', name]);
}

/** The namespaces of an instance's centres that are on this machine. */
export function findNamespaces(instance: string): readonly string[] {
  if (!existsSync(NAMES)) return [];
  const pattern = centreNamePattern(instance);
  return readdirSync(NAMES).filter((name) => pattern.test(name));
}
