import type { CallOptions } from '../client/api-client.ts';
import type { Timer } from '../clock.ts';
import { ApiError, type ApiCall } from '../errors/api-error.ts';
import type { StoredChange } from '../testing/memory-api/change-log.ts';
import type { WireEnd } from './simulated-wire.ts';
import type { World } from './world.ts';

/** What comes over a watch. */
type Arrival = StoredChange | { readonly bookmark: string };

/** Time between bookmarks, in milliseconds. */
const BOOKMARKS = 8_000;

/** The line of one watch: what is sent arrives late and in order, until the line breaks or goes silent. */
export class WatchLine {
  readonly #world: World;
  readonly #listener: WireEnd;
  readonly #call: ApiCall;
  readonly #options: CallOptions & { readonly lifetime: number; readonly idleLimit: number };
  /** What the machine has got and its program has not looked at. */
  readonly #buffer: (Arrival | 'broken')[] = [];
  readonly #arrived: Arrival[] = [];
  #wake: () => void = () => undefined;
  #lastArrival = 0;
  #silent = false;
  /** Why it is over; null: the server closed it in the ordinary way. */
  #over: string | null | undefined;
  #idle: Timer | undefined;
  #ended = false;

  constructor(
    world: World,
    listener: WireEnd,
    call: ApiCall,
    options: CallOptions & { readonly lifetime: number; readonly idleLimit: number },
  ) {
    this.#world = world;
    this.#listener = listener;
    this.#call = call;
    this.#options = options;
  }

  /** Whether nobody listens any more. */
  get isEnded(): boolean {
    return this.#ended || !this.#listener.isAlive();
  }

  /** Sends what the server tells. */
  send(arrival: Arrival): void {
    const { weather, random, clock } = this.#world;
    if (random.chance(weather.watchSilent)) this.#silent = true;
    if (this.#silent || this.isEnded) return;
    const breaks = random.chance(weather.watchBreaks);
    const delay = random.chance(weather.slow) ? random.between(50, 2_000) : random.between(1, 10);
    this.#lastArrival = Math.max(this.#lastArrival, clock.elapsed() + delay);
    this.#world.later(this.#lastArrival - clock.elapsed(), () => {
      this.#buffer.push(breaks ? 'broken' : arrival);
      // A machine that stands still takes it up later, in the order in which it came.
      this.#listener.clock.after(0, () => {
        const next = this.#buffer.shift();
        if (next === 'broken') this.#conclude('Unreachable');
        else if (next !== undefined && this.#over === undefined) this.#receive(next);
      });
    });
  }

  /** The server has accepted the watch. @param version of its last change */
  begin(version: () => string): void {
    const { signal, lifetime } = this.#options;
    signal?.addEventListener('abort', this.#abort);
    if (signal?.aborted === true) this.#abort();
    const bookmark = (): void => {
      if (this.isEnded) return;
      this.send({ bookmark: version() });
      this.#world.later(BOOKMARKS, bookmark);
    };
    this.#world.later(BOOKMARKS, bookmark);
    this.#listener.clock.after(lifetime, () => {
      this.#conclude(null);
    });
    this.#watchIdle();
  }

  /** Everything that arrives, until it is over. */
  async *received(): AsyncIterable<Arrival> {
    for (;;) {
      for (let next = this.#arrived.shift(); next !== undefined; next = this.#arrived.shift()) yield next;
      if (this.#over === null) return;
      if (this.#over !== undefined)
        throw new ApiError(this.#call, { reason: this.#over, message: 'simulated.' });
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Nobody listens any more. */
  end(): void {
    this.#ended = true;
    this.#idle?.cancel();
    this.#options.signal?.removeEventListener('abort', this.#abort);
  }

  readonly #abort = (): void => {
    this.#conclude('Aborted');
  };

  #receive(arrival: Arrival): void {
    this.#arrived.push(arrival);
    this.#watchIdle();
    this.#wake();
  }

  #conclude(reason: string | null): void {
    if (this.#over === undefined) this.#over = reason;
    this.#wake();
  }

  #watchIdle(): void {
    this.#idle?.cancel();
    this.#idle = this.#listener.clock.after(this.#options.idleLimit, () => {
      this.#conclude('Timeout');
    });
  }
}
