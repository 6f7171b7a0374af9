import { heapUsed, openDescriptors, residentMemory } from '../../operators/metrics/catalogue/process.ts';
import { MeasuredOperator, type MeasuredOperatorOptions } from '../operator/measured-operator.ts';
import { until } from '../until.ts';
import type { Sample } from './growth.ts';

const MEBIBYTE = 2 ** 20;

/** One replica with what was seen of it. */
interface Replica {
  readonly operator: MeasuredOperator;
  readonly samples: Sample[];
  /** Its exit code, or the signal that killed it, once it has ended. */
  end?: number | string;
}

/** The replicas of a centre's operator: as a Deployment does, it starts another for each that has ended. */
export class Replicas implements AsyncDisposable {
  readonly #options: MeasuredOperatorOptions;
  readonly #replicas: Replica[] = [];

  constructor(options: MeasuredOperatorOptions) {
    this.#options = options;
  }

  /** All that there were, with their samples, in the order of their start. */
  get all(): readonly (Pick<Replica, 'samples' | 'end'> & { readonly pod: string })[] {
    return this.#replicas.map(({ operator, samples, end }) => ({
      pod: operator.pod,
      samples,
      ...(end !== undefined && { end }),
    }));
  }

  async start(): Promise<void> {
    const pod = `operator-${this.#replicas.length}`;
    const operator = await MeasuredOperator.start({ ...this.#options, pod });
    const replica: Replica = { operator, samples: [] };
    this.#replicas.push(replica);
    void operator.process.exited.then((end) => (replica.end = end));
  }

  /** Waits until one of them leads. */
  untilLed(seconds: number): Promise<void> {
    return until('a replica leads', () => this.#leader() !== undefined, seconds);
  }

  /** Kills the leader, starts another replica, and waits until a replica leads. @returns seconds until then */
  async killLeader(): Promise<number> {
    const leader = this.#leader();
    if (leader === undefined) throw new Error('no replica leads');
    const begun = performance.now();
    leader.operator.process.signal('SIGKILL');
    leader.end = 'SIGKILL';
    await this.start();
    await this.untilLed(60);
    return (performance.now() - begun) / 1_000;
  }

  /** Takes one sample of each that runs, and starts another for each that has ended since the last time. */
  async sample(): Promise<void> {
    const running = this.#running();
    for (const { operator, samples } of running) {
      const page = await operator.metrics().catch(() => undefined);
      if (page === undefined) continue; // it listens no more, or not yet
      samples.push({
        memory: page.sum(residentMemory) / MEBIBYTE,
        heap: page.sum(heapUsed) / MEBIBYTE,
        descriptors: page.sum(openDescriptors),
        series: page.size,
      });
    }
    for (let missing = 2 - running.length; missing > 0; missing -= 1) await this.start();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { operator } of this.#replicas) await operator[Symbol.asyncDispose]();
  }

  #running(): readonly Replica[] {
    return this.#replicas.filter(({ end }) => end === undefined);
  }

  #leader(): Replica | undefined {
    return this.#running().find(({ operator }) => operator.says('leading'));
  }
}
