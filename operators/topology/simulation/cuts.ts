import { ApiError, type ApiClient } from '../../runtime/index.ts';

/** Links between centres that are cut now. */
export class Cuts {
  readonly #cut = new Set<string>();

  cut(one: string, other: string): void {
    this.#cut.add(nameOf(one, other));
  }

  /** Cuts a centre off from everybody. */
  isolate(centre: string, others: readonly string[]): void {
    for (const other of others) if (other !== centre) this.cut(centre, other);
  }

  heal(): void {
    this.#cut.clear();
  }

  has(one: string, other: string): boolean {
    return this.#cut.has(nameOf(one, other));
  }
}

function nameOf(one: string, other: string): string {
  return [one, other].sort().join('/');
}

/** A client of a peer that hears nothing while the link is cut. It only reads: that is all that peers are for. */
export function overLink(client: ApiClient, isCut: () => boolean): ApiClient {
  const check = (): void => {
    if (!isCut()) return;
    const call = { verb: 'read', object: 'anything', cluster: 'peer', confidential: false } as const;
    throw new ApiError(call, { reason: 'Unreachable', message: 'the link is cut.' });
  };
  const checked = async <T>(read: () => Promise<T>): Promise<T> => {
    check();
    const answer = await read();
    check();
    return answer;
  };
  const refuse = (): Promise<never> => Promise.reject(new Error('nobody writes into a peer'));
  return {
    find: (...call) => checked(() => client.find(...call)),
    listPage: (...call) => checked(() => client.listPage(...call)),
    read: (...call) => checked(() => client.read(...call)),
    async *watch(...call) {
      check();
      for await (const event of client.watch(...call)) {
        check();
        yield event;
      }
    },
    create: refuse,
    apply: refuse,
    applyStatus: refuse,
    replace: refuse,
    delete: refuse,
  };
}
