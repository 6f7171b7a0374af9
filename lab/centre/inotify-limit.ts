import { readFileSync, writeFileSync } from 'node:fs';

/** Where the kernel says how many inotify instances one user may have; all centres run as the same one. */
const LIMIT_FILE = '/proc/sys/fs/inotify/max_user_instances';

/** Kubelet, kube-proxy, containerd and CoreDNS of one centre take about 15 together; the usual limit of 128 ends at eight. */
const ENOUGH = 1024;

/**
 * Makes room for the file watches of many centres: without it, the parts of a ninth fail with "too many open files".
 * Raises the limit of the whole machine where it is lower, never lowers it, and leaves it raised: others may rely on it.
 * @returns what was changed, in words, or undefined
 */
export function raiseInotifyLimit(file = LIMIT_FILE): string | undefined {
  const limit = Number(readFileSync(file, 'utf8'));
  if (limit >= ENOUGH) return undefined;
  writeFileSync(file, String(ENOUGH));
  return `raised fs.inotify.max_user_instances from ${limit} to ${ENOUGH}`;
}
