import type { ServerResponse } from 'node:http';
import type { ResourceType } from '../../objects/resource-type.ts';
import type { StoredChange } from '../memory-api/change-log.ts';
import { isOf, selects } from '../memory-api/selects.ts';
import type { ServedRequest } from './served-request.ts';

/** A watch that a client has open. */
interface OpenWatch {
  readonly type: ResourceType;
  readonly request: ServedRequest;
  readonly response: ServerResponse;
}

/** The watches that are open, and what is sent to them. */
export class OpenWatches {
  /** While true, no change is sent: connections are open and silent. */
  muted = false;
  readonly #open = new Set<OpenWatch>();

  get size(): number {
    return this.#open.size;
  }

  /** Answers a watch with what has happened since it was there last, and keeps it open. */
  open(watch: OpenWatch, missed: readonly StoredChange[]): void {
    const { response } = watch;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    this.#open.add(watch);
    response.on('close', () => this.#open.delete(watch));
    for (const change of missed) this.#send(watch, change);
  }

  /** Sends a change to the watches that select its object. */
  send(change: StoredChange): void {
    if (!this.muted) for (const watch of this.#open) this.#send(watch, change);
  }

  /** Sends bytes as they are to all watches: half a line, or what is none. */
  write(bytes: string | Buffer): void {
    for (const { response } of this.#open) response.write(bytes);
  }

  /** Ends all watches, as an API server does when their time is up. */
  end(): void {
    for (const { response } of this.#open) response.end();
  }

  #send({ type, request, response }: OpenWatch, { type: change, object }: StoredChange): void {
    if (!isOf(type, object) || !selects(request.selection, object)) return;
    response.write(eventLine(change.toUpperCase(), asSent(object)));
  }
}

/** One line of a watch. */
export function eventLine(type: string, object: unknown): string {
  return `${JSON.stringify({ type, object })}\n`;
}

/** An object with what a real API server adds, and nobody wants. */
export function asSent<T extends { readonly metadata: object }>(object: T): T {
  const managedFields = [{ manager: 'whoever', operation: 'Apply', fieldsV1: { 'f:spec': {} } }];
  return { ...object, metadata: { ...object.metadata, managedFields } };
}
