import type { ApiCall } from '../errors/api-error.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { MemoryApiServer } from '../testing/memory-api/memory-api-server.ts';
import { CALM, type Weather } from './weather.ts';
import { SeededRandom } from './seeded-random.ts';

/** Something that must hold whatever happens. */
export interface Invariant {
  /** What holds, as a sentence. */
  readonly name: string;
  /** Looked at after every step. @returns what is wrong; undefined: nothing */
  readonly always?: () => string | undefined;
  /** Looked at once, when nothing has gone wrong for long enough to have come to rest. */
  readonly atRest?: () => string | undefined;
}

/** An invariant that did not hold. */
export class BrokenInvariant extends Error {
  constructor(name: string, what: string) {
    super(`${name}: ${what}`);
    this.name = 'BrokenInvariant';
  }
}

/**
 * Everything that there is in a simulation: true time, chance, API servers, what is to hold, and what happened. The same
 * seed makes the same world, to the last step.
 */
export class World {
  readonly random: SeededRandom;
  /** True time. Machines have clocks of their own. */
  readonly clock = new ManualClock();
  /** What may go wrong now. */
  weather: Weather = CALM;
  /** What happened, in order: one line each. */
  readonly trace: string[] = [];
  /** Sees every call of a process at the moment it arrives at a server, before it is served. */
  readonly onArrival: ((process: string, call: ApiCall) => void)[] = [];
  readonly #servers = new Map<string, MemoryApiServer>();
  readonly #invariants: Invariant[] = [];
  #broken: BrokenInvariant | undefined;

  constructor(seed: number) {
    this.random = new SeededRandom(seed);
  }

  /** The API server of a centre, made when it is first asked for. */
  server(centre: string): MemoryApiServer {
    const server = this.#servers.get(centre) ?? new MemoryApiServer(centre, () => this.clock.now());
    this.#servers.set(centre, server);
    return server;
  }

  /** Adds what is to hold. */
  demand(invariant: Invariant): void {
    this.#invariants.push(invariant);
  }

  /** Notes what happens, with its time. */
  note(line: string): void {
    this.trace.push(`${(this.clock.elapsed() / 1000).toFixed(3).padStart(9)} s  ${line}`);
  }

  /** Says that an invariant is broken, where it is seen in passing; the first one counts. */
  accuse(name: string, what: string): void {
    this.#broken ??= new BrokenInvariant(name, what);
  }

  /** Calls in so many milliseconds of true time. */
  later(milliseconds: number, call: () => void): void {
    this.clock.after(milliseconds, call);
  }

  /** Lets so many milliseconds pass, step by step. @throws BrokenInvariant after the step that broke it */
  async pass(milliseconds: number): Promise<void> {
    const end = this.clock.elapsed() + milliseconds;
    await rest();
    for (;;) {
      const next = this.clock.untilNext;
      if (next === undefined || this.clock.elapsed() + next > end) break;
      this.clock.step();
      await rest();
      for (const { name, always } of this.#invariants) this.#judge(name, always?.());
    }
    this.clock.advance(end - this.clock.elapsed());
  }

  /** Looks whether everything came to rest as it should. @throws BrokenInvariant */
  judgeAtRest(): void {
    for (const { name, atRest } of this.#invariants) this.#judge(name, atRest?.());
  }

  #judge(name: string, what: string | undefined): void {
    if (what !== undefined) this.accuse(name, what);
    if (this.#broken !== undefined) throw this.#broken;
  }
}

/** A turn of the event loop, before which every promise that can go on has gone on. */
function rest(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
