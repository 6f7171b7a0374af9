import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { OPERATOR_NODE_OPTIONS } from '../../operators/api/layout/operator-program.ts';
import { OperatorProcess } from '../../operators/process/testing/operator-process.ts';
import { CENTRE, type ControlPlane } from '../control-plane/control-plane.ts';
import { freePort } from '../free-port.ts';
import { type ProcessUsage, usageOf } from '../process-usage.ts';
import { until } from '../until.ts';
import { MetricsReading } from './metrics-reading.ts';

/** How an operator is started. */
export interface MeasuredOperatorOptions {
  readonly plane: ControlPlane;
  /** The operator as its image has it, one file. */
  readonly bundle: string;
  readonly pod?: string;
}

/** The operator as a pod would run it, outside of one: the bundle in a process of its own, with a kubeconfig. */
export class MeasuredOperator implements AsyncDisposable {
  readonly pod: string;
  readonly process: OperatorProcess;
  readonly #page: string;

  private constructor(pod: string, process: OperatorProcess, page: string) {
    this.pod = pod;
    this.process = process;
    this.#page = page;
  }

  static async start({
    plane,
    bundle,
    pod = 'operator-0',
  }: MeasuredOperatorOptions): Promise<MeasuredOperator> {
    // One journal for all replicas, as the volume of a centre is.
    const journal = path.join(plane.folder, 'journal');
    await mkdir(journal, { recursive: true });
    const listen = `127.0.0.1:${await freePort()}`;
    const process = new OperatorProcess([...OPERATOR_NODE_OPTIONS, bundle], {
      ZAIBEI_CENTRE: CENTRE,
      ZAIBEI_POD: pod,
      ZAIBEI_JOURNAL: journal,
      ZAIBEI_LISTEN: listen,
      KUBECONFIG: plane.kubeconfig.file,
    });
    return new MeasuredOperator(pod, process, `http://${listen}/metrics`);
  }

  /** Whether it has logged a line of that message. */
  says(message: string): boolean {
    return this.process.output.includes(`"message":"${message}"`);
  }

  /** Waits until it has. */
  untilItSays(message: string, seconds?: number): Promise<void> {
    return until(`${this.pod} says "${message}"`, () => this.says(message), seconds);
  }

  /** Its metrics page, at most five seconds old. */
  async metrics(): Promise<MetricsReading> {
    return new MetricsReading(await (await fetch(this.#page)).text());
  }

  /** Whether anybody answers on its port. */
  async listens(): Promise<boolean> {
    return fetch(this.#page.replace('/metrics', '/livez')).then(
      ({ ok }) => ok,
      () => false,
    );
  }

  usage(): ProcessUsage {
    return usageOf(this.process.pid);
  }

  /** Ends it as the deletion of its pod does. */
  async stop(): Promise<void> {
    this.process.signal('SIGTERM');
    await this.process.exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.process[Symbol.asyncDispose]();
  }
}
