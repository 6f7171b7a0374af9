import { open } from 'node:fs/promises';
import { z } from 'zod';

const newestSchema = z.object({
  sequence: z.number(),
  outcome: z.string(),
  at: z.string(),
  reason: z.string().optional(),
});

/** What the end of a ledger says, of rows or of files. */
export type NewestEntry = z.infer<typeof newestSchema>;

/** More than any line has. */
const TAIL_BYTES = 8192;

/** The last line of a ledger, of however many; undefined where there is none yet, or none that can be read. */
export async function newestEntry(file: string): Promise<NewestEntry | undefined> {
  const handle = await open(file).catch(() => undefined);
  if (handle === undefined) return undefined;
  try {
    const { size } = await handle.stat();
    const start = Math.max(0, size - TAIL_BYTES);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(TAIL_BYTES), 0, TAIL_BYTES, start);
    const line = buffer.subarray(0, bytesRead).toString().split('\n').at(-2);
    return newestSchema.safeParse(parse(line ?? '')).data;
  } finally {
    await handle.close();
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
