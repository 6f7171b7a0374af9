import { z } from 'zod';
import type { ApiObject } from '../objects/api-object.ts';
import { readObject } from '../objects/read-object.ts';
import type { ResourceType } from '../objects/resource-type.ts';
import type { Page } from './api-client.ts';
import { ListReader } from './list-reader.ts';
import { withTurns } from './turns.ts';

const listSchema = z.object({
  metadata: z.object({ resourceVersion: z.string(), continue: z.string().optional() }),
  // What the reader did not take for items would be missing, and what is missing was deleted.
  items: z.tuple([]).nullish(),
});

/**
 * Reads one page of a list while it arrives.
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
  for await (const chunk of withTurns(chunks)) reader.write(chunk);
  const list = listSchema.safeParse(reader.end()).data;
  if (list === undefined) throw new SyntaxError('no list');
  // The last page of an API server says so by an empty text.
  const rest = list.metadata.continue === '' ? undefined : list.metadata.continue;
  return { items, resourceVersion: list.metadata.resourceVersion, continue: rest };
}
