import type { Dataset } from '../../api/index.ts';
import type { DatasetName } from '../../api/layout/source-access.ts';
import {
  Complaint,
  OperatorError,
  pause,
  type Dependencies,
  type Live,
  type Logger,
} from '../../runtime/index.ts';
import { GUARD_DATABASE } from '../postgres/access/hba-rules.ts';
import { SourceConnection } from '../postgres/connection/source-connection.ts';
import { readFacts } from '../postgres/facts/read-facts.ts';
import { judgeSource } from '../postgres/judgement/judge-source.ts';
import { readGuardCredentials, type GuardCredentials } from './guard-credentials.ts';
import { specVersion } from './look.ts';
import { READ_INTERVAL, type SourceSample } from './source-sample.ts';

/** Longest that connecting, or one question, may take, in milliseconds. */
const DEADLINE = 10_000;

/** The Secrets are read again after so many readings, while a connection lasts: five minutes. */
const READINGS_PER_SECRET = 10;

/** Name under which the guard connects. */
const APPLICATION = 'zaibei-guard';

/** What one source is watched with. */
export interface WatchedSourceOptions {
  readonly name: DatasetName;
  /** The dataset as it is now; undefined: it is gone. */
  readonly dataset: () => Live<Dataset> | undefined;
  /** Centre that it is read in. */
  readonly centre: string;
  readonly dependencies: Pick<Dependencies, 'client' | 'clock' | 'random'>;
  readonly log: Logger;
  /** There is another sample. */
  readonly sampled: () => void;
}

/** One PostgreSQL instance that is read again and again by one connection, as its guard. */
export class WatchedSource {
  readonly #options: WatchedSourceOptions;
  readonly #complaint: Complaint;
  #sample: SourceSample = {};
  #credentials: GuardCredentials | undefined;
  #connection: SourceConnection | undefined;
  /** Ends the rest before the next reading. */
  #waking = new AbortController();

  constructor(options: WatchedSourceOptions) {
    this.#options = options;
    this.#complaint = new Complaint(options.log);
  }

  /** What is known of it now. */
  get sample(): SourceSample {
    return this.#sample;
  }

  /** Reads it as soon as may be, because its dataset is another now. */
  wake(): void {
    this.#waking.abort();
  }

  /** Reads it until the signal is aborted. Never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options.dependencies;
    for (let count = 0; ; count += 1) {
      const begun = clock.elapsed();
      // Before the dataset is looked at: whoever changes it during the reading has it read once more.
      this.#waking = new AbortController();
      await this.#read(count, signal);
      if (signal.aborted) break;
      this.#options.sampled();
      if (!(await this.#rest(begun, signal))) break;
    }
    await this.#connection?.close();
  }

  /** Until the next reading is due after one that has begun then, or it is woken. @returns whether to go on */
  async #rest(begun: number, signal: AbortSignal): Promise<boolean> {
    const { clock, random = Math.random } = this.#options.dependencies;
    // Not all at the same moment, and from beginning to beginning: what answers late is not asked less often.
    const due = begun + READ_INTERVAL * (0.9 + 0.2 * random());
    const roused = AbortSignal.any([signal, this.#waking.signal]);
    await pause(clock, Math.max(0, due - clock.elapsed()), roused);
    return !signal.aborted;
  }

  async #read(count: number, signal: AbortSignal): Promise<void> {
    const { clock } = this.#options.dependencies;
    const dataset = this.#options.dataset();
    if (dataset === undefined) return;
    const { spec } = dataset;
    const { postgres } = spec;
    if (postgres === undefined) return;
    const look = () => ({ spec: specVersion(dataset), at: clock.now() });
    try {
      const connection = await this.#connect(postgres, count % READINGS_PER_SECRET === 0, signal);
      const facts = await readFacts(connection, clock.now(), { deadline: DEADLINE, signal });
      const expires = this.#credentials?.expires;
      this.#sample = {
        look: look(),
        facts,
        judgement: judgeSource(facts, { spec }),
        readAt: clock.now(),
        certificateExpires: expires,
      };
      this.#complaint.settle();
    } catch (error) {
      if (signal.aborted) return;
      const { name, namespace } = this.#options.name;
      this.#complaint.about(`cannot read the source of ${namespace}/${name}`, error);
      const message = error instanceof Error ? error.message : String(error);
      this.#sample = { ...this.#sample, look: look(), trouble: { reason: reasonOf(error), message } };
    }
  }

  /** The connection that there is, or another: also where the Secrets were written anew, or where the address is another. */
  async #connect(
    { endpoint }: NonNullable<Dataset['spec']['postgres']>,
    look: boolean,
    signal: AbortSignal,
  ): Promise<SourceConnection> {
    const { centre, name, dependencies } = this.#options;
    const address = endpoint.everywhere ?? endpoint.perCentre?.find((one) => one.centre === centre);
    if (address === undefined) throw new NoAddressError(centre);
    const known = this.#connection;
    if (known === undefined || known.closed || look) {
      const before = this.#credentials?.version;
      this.#credentials = await readGuardCredentials(dependencies.client, name, signal);
      if (known !== undefined && this.#credentials.version !== before) await known.close();
    }
    const credentials = this.#credentials;
    if (credentials === undefined) throw new Error('a connection without credentials');
    const { user, password, identity, authority } = credentials;
    const { host, port } = address;
    const target = { host, port, database: GUARD_DATABASE, user, password, identity, authority };
    if (known?.closed === false && known.where === `${user} at ${host}:${port}`) return known;
    await known?.close();
    const limits = { deadline: DEADLINE, signal };
    this.#connection = await SourceConnection.open({ ...target, applicationName: APPLICATION }, limits);
    return this.#connection;
  }
}

/** The catalogue does not say where the source answers in the centre that is its home now. */
class NoAddressError extends Error {
  constructor(centre: string) {
    super(`spec.postgres.endpoint has no address for ${centre}. Add one: that centre is home now.`);
    this.name = 'NoAddressError';
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof NoAddressError) return 'NoAddress';
  if (error instanceof OperatorError && 'trouble' in error && typeof error.trouble === 'string')
    return error.trouble;
  return 'NotRead';
}
