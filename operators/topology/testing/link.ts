import { ApiError, type CallOptions, type CredentialSource } from '../../runtime/index.ts';
import type { ApiCall } from '../../runtime/errors/api-error.ts';
import type { StoredChange } from '../../runtime/testing/memory-api/change-log.ts';
import type { Wire } from '../../runtime/testing/memory-api/memory-client.ts';

/**
 * The line from one centre to the API server of another: without delay, with watches, and with somebody at its end who asks
 * for credentials. It can be cut.
 */
export class Link implements Wire {
  /** Kubeconfigs that are let in; undefined: any. */
  accepted: readonly string[] | undefined;
  readonly #source: CredentialSource;
  readonly #waiting = new Set<() => void>();
  #cut = false;

  constructor(source: CredentialSource) {
    this.#source = source;
  }

  /** Cuts the line, or mends it. Watches end with the line. */
  set cut(cut: boolean) {
    this.#cut = cut;
    for (const wake of this.#waiting) wake();
  }

  async exchange<T>(call: ApiCall, { signal }: CallOptions, serve: () => T): Promise<T> {
    await Promise.resolve();
    this.#pass(call, signal);
    return serve();
  }

  async *stream(
    call: ApiCall,
    { signal }: CallOptions,
    open: Parameters<Wire['stream']>[2],
  ): AsyncIterable<StoredChange> {
    this.#pass(call, signal);
    const arrived: StoredChange[] = [];
    let wake = (): void => undefined;
    const { close } = open((change) => {
      arrived.push(change);
      wake();
    });
    const wakeUp = (): void => {
      wake();
    };
    this.#waiting.add(wakeUp);
    signal?.addEventListener('abort', wakeUp);
    try {
      for (;;) {
        for (let next = arrived.shift(); next !== undefined; next = arrived.shift()) yield next;
        this.#pass(call, signal);
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      this.#waiting.delete(wakeUp);
      close();
    }
  }

  #pass(call: ApiCall, signal: AbortSignal | undefined): void {
    const text = this.#source.kind === 'text' ? this.#source.text() : '';
    if (signal?.aborted === true) throw new ApiError(call, { reason: 'Aborted', message: 'given up.' });
    if (this.#cut) throw new ApiError(call, { reason: 'Unreachable', message: 'the link is cut.' });
    if (this.accepted?.includes(text) === false)
      throw ApiError.refused(call, { code: 401, reason: 'Unauthorized', message: 'Unauthorized' });
  }
}
