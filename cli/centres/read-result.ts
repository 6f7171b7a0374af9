import {
  ApiError,
  everyObject,
  type ApiClient,
  type ApiObject,
  type ResourceType,
} from '../../operators/runtime/index.ts';
import { PATIENCE } from './centre-session.ts';

/** Why something could not be read: one word for machines, a sentence for people. */
export interface ReadProblem {
  readonly reason: string;
  readonly message: string;
}

/** Objects that were read, or why not. Not to know is not the same as there being none. */
export type ReadResult<T> =
  | { readonly items: readonly T[]; readonly problem?: undefined }
  | { readonly items?: undefined; readonly problem: ReadProblem };

/** All objects of a kind. It never throws. */
export async function readAll<T extends ApiObject>(
  client: ApiClient,
  type: ResourceType<T>,
  signal: AbortSignal,
): Promise<ReadResult<T>> {
  try {
    const items: T[] = [];
    for await (const object of everyObject(client, type, {}, signal)) items.push(object);
    return { items };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

/** What went wrong, in a form that can be shown. */
export function problemOf(error: unknown): ReadProblem {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof ApiError)) return { reason: 'Failed', message };
  if (error.reason !== 'Aborted') return { reason: error.reason, message };
  // The only one who gives up here is the deadline.
  return { reason: 'Timeout', message: `no answer within ${PATIENCE / 1_000} s` };
}
