import type { ApiClient } from '../client/api-client.ts';
import type { Clock, Timer } from '../clock.ts';
import { LocalClock } from '../leadership/testing/local-clock.ts';
import { MemoryClient } from '../testing/memory-api/memory-client.ts';
import { SimulatedWire } from './simulated-wire.ts';
import type { World } from './world.ts';

/** What a program gets that runs in a world: it knows nothing else of it. */
export interface Host {
  /** Name of this process, and of no other before or after it. */
  readonly identity: string;
  readonly clock: Clock;
  readonly random: () => number;
  /** Aborted when the process is asked to end. */
  readonly signal: AbortSignal;
  /** The API server of a centre, over a network that obeys the weather. */
  reach(centre: string): ApiClient;
}

/** What runs in a process. It ends by returning; whatever it throws ends it as well. */
export type Program = (host: Host) => Promise<void>;

/** Time until a process that ended is started anew, in milliseconds. */
const RESTART = 1_000;

/**
 * A process that runs a program on a machine of its own, with a clock that is a little off. It can be killed, after which
 * nothing of it ever runs again, and frozen, during which time goes on without it. When it has ended it is started anew.
 */
export class SimulatedProcess {
  readonly #world: World;
  readonly #name: string;
  readonly #program: Program;
  readonly #rate: number;
  #life: Life | undefined;
  #lives = 0;

  constructor(world: World, name: string, program: Program) {
    this.#world = world;
    this.#name = name;
    this.#program = program;
    this.#rate = world.random.between(0.99, 1.01);
    this.#start();
  }

  /** Kills it without notice, as a power cut does. */
  kill(): void {
    this.#world.note(`${this.#life?.identity ?? this.#name} is killed`);
    this.#end();
  }

  /** Asks it to end, as a rolling update does. */
  stop(): void {
    this.#world.note(`${this.#life?.identity ?? this.#name} is asked to end`);
    this.#life?.asked.abort();
  }

  /** Nothing of it runs for so many milliseconds. */
  freeze(milliseconds: number): void {
    this.#world.note(`${this.#life?.identity ?? this.#name} freezes for ${Math.round(milliseconds)} ms`);
    this.#life?.machine.block(milliseconds);
  }

  #start(): void {
    this.#lives += 1;
    const life = new Life(this.#world, `${this.#name}.${this.#lives}`, this.#rate);
    this.#life = life;
    const ended = (): void => {
      if (this.#life === life) this.#end();
    };
    this.#program(life.host).then(ended, (error: unknown) => {
      this.#world.note(`${life.identity} ended by ${String(error)}`);
      ended();
    });
  }

  #end(): void {
    this.#life?.end();
    this.#life = undefined;
    this.#world.later(RESTART, () => {
      if (this.#life === undefined) this.#start();
    });
  }
}

/** One life of a process. */
class Life {
  readonly identity: string;
  readonly machine: LocalClock;
  readonly asked = new AbortController();
  readonly host: Host;
  #alive = true;

  constructor(world: World, identity: string, rate: number) {
    this.identity = identity;
    this.machine = new LocalClock(world.clock, { rate, offset: world.random.between(-500, 500) });
    const clock: Clock = {
      now: () => this.machine.now(),
      elapsed: () => this.machine.elapsed(),
      after: (milliseconds, call) => this.#after(milliseconds, call),
    };
    this.host = {
      identity,
      clock,
      random: world.random.next,
      signal: this.asked.signal,
      reach: (centre) => {
        const wire = new SimulatedWire(world, { name: identity, clock, isAlive: () => this.#alive });
        return new MemoryClient(world.server(centre), wire);
      },
    };
  }

  end(): void {
    this.#alive = false;
  }

  #after(milliseconds: number, call: () => void): Timer {
    return this.machine.after(milliseconds, () => {
      if (this.#alive) call();
    });
  }
}
