import { mkdir, readdir, readFile, watch } from 'node:fs/promises';
import path from 'node:path';

import { z } from 'zod';

/** Which pod has which address right now. */
export interface Attachment {
  readonly namespace: string;
  readonly name: string;
  readonly address: string;
}

/**
 * Where the container runtime's CNI library notes each network it has attached to a pod: one file per attachment, written
 * before the pod's first container starts and removed when the address is free again. The API tells the address about a
 * second later, when the pod has long been running, and goes on telling it when the pod has ended.
 */
export const ATTACHMENTS_DIRECTORY = '/var/lib/cni/results';

/** The part of libcni's cache file (kind `cniCacheV1`) that says who got what. */
const cachedResult = z.object({
  // The pod's own network; every pod has a note on its loopback too.
  ifName: z.literal('eth0'),
  cniArgs: z.array(z.tuple([z.string(), z.string()])),
  result: z.object({ ips: z.array(z.object({ address: z.string() })).default([]) }),
});

/** Reads the text of one cache file; undefined when it is no pod's, or has only been half written. */
export function parseAttachment(text: string): Attachment | undefined {
  const parsed = cachedResult.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  const { cniArgs, result } = parsed.data;
  const argument = new Map(cniArgs);
  const namespace = argument.get('K8S_POD_NAMESPACE');
  const name = argument.get('K8S_POD_NAME');
  // With the length of the prefix: `10.91.1.7/24`.
  const address = result.ips[0]?.address.split('/')[0];
  if (namespace === undefined || name === undefined || address === undefined) return undefined;
  return { namespace, name, address };
}

/** All attachments noted in the folder. A file that goes while it is read is as good as gone before. */
export async function readAttachments(directory: string): Promise<Attachment[]> {
  const files = await readdir(directory);
  const attachments = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(path.join(directory, file), 'utf8').catch(() => '');
      return parseAttachment(text);
    }),
  );
  return attachments.filter((attachment) => attachment !== undefined);
}

/**
 * Follows the attachments noted in the folder, which is made if it is not there yet, until the signal.
 * @param onChange gets all of them, at the start and after each change
 */
export async function watchAttachments(
  directory: string,
  signal: AbortSignal,
  onChange: (attachments: readonly Attachment[]) => void,
): Promise<void> {
  await mkdir(directory, { recursive: true });
  const changes = watch(directory, { signal });
  // Asked for the first change before the first reading, so that nothing falls between.
  let change = changes.next();
  try {
    while (!signal.aborted) {
      onChange(await readAttachments(directory));
      await change;
      change = changes.next();
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
