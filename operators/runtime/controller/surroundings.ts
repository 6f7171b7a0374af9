import type { Metrics } from '../../metrics/metric.ts';
import type { ApiClient } from '../client/api-client.ts';
import type { Clock } from '../clock.ts';
import type { EventRecorder } from '../events/event-recorder.ts';
import type { Logger } from '../logs/logger.ts';
import type { ApiObject } from '../objects/api-object.ts';
import type { ResourceType } from '../objects/resource-type.ts';
import type { Reader } from '../watching/reader.ts';

/** What a controller works with: everything from outside that it reads, writes, or is told the time by. */
export interface Surroundings {
  readonly client: ApiClient;
  /** Readers of the API server that `client` writes to. */
  readonly readers: { of<T extends ApiObject>(type: ResourceType<T>): Reader<T> };
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly log: Logger;
  readonly events: EventRecorder;
  /** From 0 up to 1; default: `Math.random`. */
  readonly random?: (() => number) | undefined;
}
