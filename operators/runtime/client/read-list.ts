import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import type { ApiObject } from '../objects/api-object.ts';
import { readObject } from '../objects/read-object.ts';
import type { ResourceType } from '../objects/resource-type.ts';
import type { Page } from './api-client.ts';
import { ListReader } from './list-reader.ts';
import { SLICE } from './watch-stream.ts';

const listSchema = z.object({
  metadata: z.object({ resourceVersion: z.string(), continue: z.string().optional() }),
});

/**
 * Reads one page of a list while it arrives. Other work of the process gets a turn after each slice.
 * @throws SyntaxError, NotAnObjectError
 */
export async function readList<T extends ApiObject>(
  type: ResourceType<T>,
  chunks: AsyncIterable<Buffer>,
): Promise<Page<T>> {
  const items: T[] = [];
  const reader = new ListReader((item) => {
    items.push(readObject(type, item));
  });
  let sinceTurn = 0;
  for await (const chunk of chunks) {
    reader.write(chunk);
    sinceTurn += chunk.length;
    if (sinceTurn < SLICE) continue;
    sinceTurn = 0;
    await nextTurn();
  }
  const list = listSchema.safeParse(reader.end()).data;
  if (list === undefined) throw new SyntaxError('no list');
  // The last page of an API server says so by an empty text.
  const rest = list.metadata.continue === '' ? undefined : list.metadata.continue;
  return { items, resourceVersion: list.metadata.resourceVersion, continue: rest };
}
