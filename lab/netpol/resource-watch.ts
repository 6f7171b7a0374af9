import { setTimeout as pause } from 'node:timers/promises';

import {
  Watch,
  type KubeConfig,
  type KubernetesListObject,
  type KubernetesObject,
} from '@kubernetes/client-node';

/** What {@link watchResource} follows, and whom it tells. */
export interface ResourceWatch<T extends KubernetesObject> {
  readonly config: KubeConfig;
  /** Path of the collection over all namespaces: `/api/v1/pods`. */
  readonly path: string;
  readonly list: () => Promise<KubernetesListObject<T>>;
  /** Gets all objects, after each list and each change. */
  readonly onChange: (objects: readonly T[]) => void;
  /** Gets what went wrong, before the next try. */
  readonly onFailure: (error: unknown) => void;
}

/** Milliseconds between tries. Short at most: a centre whose power comes back is to be enforced soon. */
const BACK_OFF = { first: 200, most: 3_000 };

/**
 * Follows all objects of a kind until the signal: lists, watches from there, and lists anew whenever the watch ends, for
 * whatever reason (the client ends one that is silent for 30 s), so nothing stays missed for long. Written out because
 * the client's informer stops for good on a server error, just when an API server restarts.
 */
export async function watchResource<T extends KubernetesObject>(
  resource: ResourceWatch<T>,
  signal: AbortSignal,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    try {
      const list = await resource.list();
      failures = 0;
      const objects = new Map(list.items.map((object) => [keyOf(object), object]));
      resource.onChange([...objects.values()]);
      await watchOnce(resource, list.metadata?.resourceVersion ?? '0', signal, (phase, object) => {
        if (phase === 'DELETED') objects.delete(keyOf(object));
        else objects.set(keyOf(object), object);
        resource.onChange([...objects.values()]);
      });
    } catch (error) {
      failures += 1;
      resource.onFailure(error);
    }
    const delay = Math.min(BACK_OFF.most, BACK_OFF.first * 2 ** failures);
    // Jitter: what watches three kinds in three centres is not to come back in step.
    await pause(delay * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
  }
}

/** One watch, to its end. Rejects when the connection breaks or the server declares it over; silence is no failure. */
function watchOnce<T extends KubernetesObject>(
  { config, path }: ResourceWatch<T>,
  resourceVersion: string,
  signal: AbortSignal,
  onEvent: (phase: 'ADDED' | 'MODIFIED' | 'DELETED', object: T) => void,
): Promise<void> {
  const over = new AbortController();
  return new Promise<void>((resolve, reject) => {
    const onLine = (phase: string, object: unknown): void => {
      if (phase === 'ADDED' || phase === 'MODIFIED' || phase === 'DELETED') {
        onEvent(phase, object as T); // the collection's path decides what its events carry
      } else if (phase === 'ERROR') {
        reject(new Error(`the API server ended the watch of ${path}: ${JSON.stringify(object)}`));
      }
    };
    const onEnd = (error: unknown): void => {
      if (error === null || error === undefined || isSilence(error)) resolve();
      else reject(error instanceof Error ? error : new Error(JSON.stringify(error)));
    };
    const stop = AbortSignal.any([signal, over.signal]);
    new Watch(config).watch(path, { resourceVersion }, onLine, onEnd).then((connection) => {
      const disconnect = (): void => {
        resolve();
        connection.abort();
      };
      if (stop.aborted) disconnect();
      else stop.addEventListener('abort', disconnect);
    }, reject);
  }).finally(() => {
    over.abort();
  });
}

function isSilence(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError';
}

function keyOf({ metadata }: KubernetesObject): string {
  return `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`;
}
