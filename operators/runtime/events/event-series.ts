import { createHash } from 'node:crypto';
import { formatMicroTime } from '../instant.ts';
import type { ApiObject } from '../objects/api-object.ts';
import type { ResourceType } from '../objects/resource-type.ts';
import type { EventNote } from './event-recorder.ts';

/**
 * An event of `events.k8s.io/v1`: the present API, in which a repetition is a `series` of one event. `kubectl describe` and
 * `kubectl get events` show them as well as those of the old core API, which are the same objects in another form.
 */
export const eventType: ResourceType = {
  apiVersion: 'events.k8s.io/v1',
  kind: 'Event',
  plural: 'events',
  scope: 'Namespaced',
  keep: (parsed) => parsed,
};

/** Who tells. */
export interface Reporter {
  /** Program, as a qualified name. */
  readonly controller: string;
  /** This very process. */
  readonly instance: string;
}

/** The same thing told of the same object, once or many times. Times are wall-clock, in milliseconds. */
export interface EventSeries {
  readonly about: ApiObject;
  readonly note: EventNote;
  readonly first: number;
  last: number;
  count: number;
}

/** Longest texts that an API server takes. */
const LONGEST = { note: 1024, reason: 128, instance: 128, name: 200 };

/** What makes two events the same: object, reason and message, as a digest. */
export function seriesKey(about: ApiObject, { type, reason, message }: EventNote): string {
  const parts = [about.metadata.uid, type, reason, message];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

/** The event that stands for a series. Only its `series` changes later, which is all that an API server lets change. */
export function eventOf(key: string, series: EventSeries, reporter: Reporter) {
  const { about, note, first, last, count } = series;
  const { name, namespace, uid, resourceVersion } = about.metadata;
  // Another process, and the same one later, tells in an event of its own.
  const suffix = createHash('sha256')
    .update(`${key} ${first} ${reporter.instance}`)
    .digest('hex')
    .slice(0, 16);
  return {
    apiVersion: eventType.apiVersion,
    kind: eventType.kind,
    // What belongs to no namespace is told of in the default one: kubectl looks for it there.
    metadata: { namespace: namespace ?? 'default', name: `${name.slice(0, LONGEST.name)}.${suffix}` },
    eventTime: formatMicroTime(first),
    regarding: { apiVersion: about.apiVersion, kind: about.kind, name, namespace, uid, resourceVersion },
    type: note.type,
    reason: note.reason.slice(0, LONGEST.reason),
    action: 'Reconcile',
    note: note.message.slice(0, LONGEST.note),
    reportingController: reporter.controller,
    reportingInstance: reporter.instance.slice(0, LONGEST.instance),
    ...(count > 1 && { series: { count, lastObservedTime: formatMicroTime(last) } }),
  };
}
