import type { CallOptions } from '../client/api-client.ts';
import type { Clock } from '../clock.ts';
import { ApiError, type ApiCall } from '../errors/api-error.ts';
import type { StoredChange } from '../testing/memory-api/change-log.ts';
import { refuse } from '../testing/memory-api/memory-api-server.ts';
import type { Wire } from '../testing/memory-api/memory-client.ts';
import { journeyIn } from './weather.ts';
import { WatchLine } from './watch-line.ts';
import type { World } from './world.ts';

/** Who is at this end of a wire. */
export interface WireEnd {
  readonly name: string;
  /** By which deadlines are measured here. */
  readonly clock: Clock;
  /** What has died hears nothing any more; what it sent before arrives all the same. */
  readonly isAlive: () => boolean;
}

/** Time that a call has unless it says otherwise, in milliseconds. */
const DEADLINE = 10_000;

/** A network between a process and an API server, as good as the weather of the world. */
export class SimulatedWire implements Wire {
  readonly #world: World;
  readonly #end: WireEnd;

  constructor(world: World, end: WireEnd) {
    this.#world = world;
    this.#end = end;
  }

  exchange<T>(call: ApiCall, options: CallOptions, serve: () => T): Promise<T> {
    const { signal, deadline = DEADLINE } = options;
    const journey = journeyIn(this.#world.weather, this.#world.random);
    return new Promise<T>((resolve, reject) => {
      const conclude = (act: () => void): void => {
        timer.cancel();
        signal?.removeEventListener('abort', abort);
        act();
      };
      const fail = (reason: string): void => {
        conclude(() => {
          reject(new ApiError(call, { reason, message: 'simulated.' }));
        });
      };
      const abort = (): void => {
        fail('Aborted');
      };
      const timer = this.#end.clock.after(deadline, () => {
        fail('Timeout');
      });
      signal?.addEventListener('abort', abort);
      if (signal?.aborted === true) {
        abort();
        return;
      }
      if (journey.lost === 'request') return;
      this.#world.later(journey.there, () => {
        const answer = this.#serve(call, journey.refused, serve);
        if (journey.lost === 'answer') return;
        this.#world.later(journey.back, () => {
          // It is taken up when the machine's event loop runs.
          this.#end.clock.after(0, () => {
            conclude(() => {
              if ('error' in answer) reject(answer.error);
              else resolve(answer.value);
            });
          });
        });
      });
    });
  }

  async *stream(
    call: ApiCall,
    options: CallOptions & { readonly lifetime: number; readonly idleLimit: number },
    open: Parameters<Wire['stream']>[2],
  ): AsyncIterable<StoredChange | { readonly bookmark: string }> {
    const line = new WatchLine(this.#world, this.#end, call, options);
    let close = (): void => undefined;
    try {
      const version = await this.exchange(call, options, () => {
        const opened = open((change) => {
          line.send(change);
        });
        close = opened.close;
        // Whoever asked has given up while the request was under way.
        if (line.isEnded) close();
        return opened.version;
      });
      line.begin(version);
      yield* line.received();
    } finally {
      line.end();
      close();
    }
  }

  #serve<T>(
    call: ApiCall,
    refused: number | undefined,
    serve: () => T,
  ): { readonly value: T } | { readonly error: Error } {
    const who = `${this.#end.name} ${call.verb} ${call.object}`;
    try {
      if (refused !== undefined)
        throw refuse(call, refused, refused === 500 ? 'InternalError' : 'TooManyRequests');
      if (isWrite(call)) this.#world.note(who);
      for (const see of this.#world.onArrival) see(this.#end.name, call);
      const value = serve();
      return { value };
    } catch (error) {
      this.#world.note(`${who} → ${error instanceof ApiError ? error.reason : String(error)}`);
      return { error: error instanceof Error ? error : new Error(String(error)) };
    }
  }
}

/** Whether a call changes something at the server. */
export function isWrite({ verb }: ApiCall): boolean {
  return !['get', 'list', 'watch', 'read'].includes(verb);
}
