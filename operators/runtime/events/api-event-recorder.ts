import { recordedEvents } from '../../metrics/catalogue/runtime.ts';
import type { Counter, Metrics } from '../../metrics/metric.ts';
import type { ApiClient } from '../client/api-client.ts';
import type { Clock } from '../clock.ts';
import { redactText } from '../logs/redaction.ts';
import type { Logger } from '../logs/logger.ts';
import type { ApiObject } from '../objects/api-object.ts';
import { TokenBucket, type Rate } from '../token-bucket.ts';
import type { EventNote, EventRecorder } from './event-recorder.ts';
import { eventOf, eventType, seriesKey, type EventSeries, type Reporter } from './event-series.ts';

/** What a recorder works with. */
export interface EventRecorderOptions {
  readonly client: ApiClient;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly reporter: Reporter;
  /** Aborted when nothing more may be written. */
  readonly signal: AbortSignal;
}

/** Of one object: ten different things at once, then one in half a minute. */
const OF_ONE_OBJECT: Rate = { burst: 10, perSecond: 1 / 30 };

/** Of all objects together: events must not take the API from the work. */
const OF_ALL: Rate = { burst: 50, perSecond: 5 };

/** Repetitions are counted here, and written once in this time, in milliseconds. */
const COUNT_EVERY = 60_000;

/** What was not told for so long is told as something new, in milliseconds. */
const FORGET_AFTER = 600_000;

/** Longest that writing an event may take, in milliseconds. */
const DEADLINE = 10_000;

type Outcome = 'written' | 'counted' | 'dropped' | 'failed';

interface KnownSeries extends EventSeries {
  /** Whether a write of its count is due or on its way. */
  pending: boolean;
}

/**
 * Tells of objects by events of the API. What is told again is counted in the event that is there; what is told too often
 * is dropped and counted. Nobody waits for it, and what goes wrong with it is counted, and harms nothing.
 */
export class ApiEventRecorder implements EventRecorder {
  readonly #options: EventRecorderOptions;
  readonly #outcomes: Counter<'outcome'>;
  readonly #known = new Map<string, KnownSeries>();
  readonly #objects = new Map<string, TokenBucket>();
  readonly #all: TokenBucket;
  #sweeping = false;

  constructor(options: EventRecorderOptions) {
    this.#options = options;
    this.#outcomes = options.metrics.counter(recordedEvents);
    this.#all = new TokenBucket(OF_ALL, options.clock.elapsed());
  }

  record(about: ApiObject, { type, reason, message }: EventNote): void {
    const { clock, signal } = this.#options;
    if (signal.aborted) return;
    const note = { type, reason, message: redactText(message) };
    const key = seriesKey(about, note);
    const now = clock.now();
    const series = this.#known.get(key);
    if (series === undefined) this.#begin(key, { about, note, first: now, last: now, count: 1 });
    else this.#repeat(key, series, now);
  }

  #begin(key: string, series: EventSeries): void {
    const { clock } = this.#options;
    const now = clock.elapsed();
    const { uid } = series.about.metadata;
    const bucket = this.#objects.get(uid) ?? new TokenBucket(OF_ONE_OBJECT, now);
    if (!this.#sweeping) this.#sweepLater();
    this.#objects.set(uid, bucket);
    if (!bucket.take(now) || !this.#all.take(now)) {
      this.#count('dropped');
      return;
    }
    const known = { ...series, pending: false };
    this.#known.set(key, known);
    void this.#write(key, known, 'written');
  }

  #repeat(key: string, series: KnownSeries, now: number): void {
    series.count += 1;
    series.last = now;
    this.#count('counted');
    if (series.pending) return;
    series.pending = true;
    this.#options.clock.after(COUNT_EVERY, () => {
      series.pending = false;
      void this.#write(key, series);
    });
  }

  /** @param outcome what is counted when it went well */
  async #write(key: string, series: EventSeries, outcome?: Outcome): Promise<void> {
    const { client, reporter, signal, log } = this.#options;
    if (signal.aborted) return;
    try {
      await client.apply(eventType, eventOf(key, series, reporter), {
        fieldManager: 'zaibei-events',
        force: true,
        signal,
        deadline: DEADLINE,
      });
      if (outcome !== undefined) this.#count(outcome);
    } catch (error) {
      this.#count('failed');
      log.debug('an event was not written', { reason: series.note.reason, error });
    }
  }

  /** Forgets what was not told for long, for as long as there is something to forget. */
  #sweepLater(): void {
    const { clock, signal } = this.#options;
    this.#sweeping = true;
    clock.after(FORGET_AFTER, () => {
      for (const [key, { last, pending }] of this.#known)
        if (!pending && clock.now() - last >= FORGET_AFTER) this.#known.delete(key);
      for (const [uid, bucket] of this.#objects)
        if (bucket.isFull(clock.elapsed())) this.#objects.delete(uid);
      this.#sweeping = false;
      if (this.#known.size + this.#objects.size > 0 && !signal.aborted) this.#sweepLater();
    });
  }

  #count(outcome: Outcome): void {
    this.#outcomes.add({ outcome });
  }
}
