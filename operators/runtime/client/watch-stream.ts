import { z } from 'zod';
import { ApiError, type ApiCall } from '../errors/api-error.ts';
import { readStatus } from '../errors/api-status.ts';
import type { ApiObject } from '../objects/api-object.ts';
import { readObject } from '../objects/read-object.ts';
import type { ResourceType } from '../objects/resource-type.ts';
import { LONGEST_OBJECT } from './answer-body.ts';
import type { WatchEvent } from './api-client.ts';
import { LineSplitter } from './line-splitter.ts';
import { withTurns } from './turns.ts';

const eventSchema = z.object({
  type: z.enum(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']),
  object: z.unknown(),
});

const bookmarkSchema = z.object({ metadata: z.object({ resourceVersion: z.string() }) });

const CHANGES = { ADDED: 'added', MODIFIED: 'modified', DELETED: 'deleted' } as const;

/**
 * Reads the events of a watch, one JSON object a line.
 * @throws ApiError of an ERROR event, or when the stream ends within a line; SyntaxError, RangeError, NotAnObjectError
 */
export async function* watchEvents<T extends ApiObject>(
  type: ResourceType<T>,
  call: ApiCall,
  chunks: AsyncIterable<Buffer>,
): AsyncGenerator<WatchEvent<T>, void> {
  const splitter = new LineSplitter(LONGEST_OBJECT);
  for await (const chunk of withTurns(chunks)) {
    for (const line of splitter.write(chunk)) yield readEvent(type, call, line);
  }
  if (splitter.pending > 0)
    throw new ApiError(call, { reason: 'Unreachable', message: 'the connection broke within an event.' });
}

function readEvent<T extends ApiObject>(type: ResourceType<T>, call: ApiCall, line: string): WatchEvent<T> {
  const event = eventSchema.safeParse(JSON.parse(line)).data;
  if (event === undefined) throw new SyntaxError('no event of a watch');
  if (event.type === 'ERROR') throw ApiError.refused(call, readStatus(500, event.object));
  if (event.type !== 'BOOKMARK') return { type: CHANGES[event.type], object: readObject(type, event.object) };
  const bookmark = bookmarkSchema.safeParse(event.object).data;
  if (bookmark === undefined) throw new SyntaxError('a bookmark without a version');
  return { type: 'bookmark', resourceVersion: bookmark.metadata.resourceVersion };
}
