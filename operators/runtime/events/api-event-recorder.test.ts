import { describe, expect, it } from 'vitest';
import { MetricRegistry } from '../../metrics/metric-registry.ts';
import { silentLogger } from '../logs/logger.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { directWire } from '../testing/memory-api/direct-wire.ts';
import { MemoryApiServer } from '../testing/memory-api/memory-api-server.ts';
import { MemoryClient } from '../testing/memory-api/memory-client.ts';
import { wish, wishType, type Wish } from '../testing/wish-kind.ts';
import type { Live } from '../objects/api-object.ts';
import { ApiEventRecorder } from './api-event-recorder.ts';
import type { EventNote } from './event-recorder.ts';
import { eventType } from './event-series.ts';

const LATE: EventNote = { type: 'Warning', reason: 'TooLate', message: 'the copy is 3 h old' };

function setUp() {
  const clock = new ManualClock();
  const server = new MemoryApiServer('production', () => clock.now());
  const metrics = new MetricRegistry();
  const stop = new AbortController();
  const recorder = new ApiEventRecorder({
    client: new MemoryClient(server, directWire),
    clock,
    log: silentLogger,
    metrics,
    reporter: { controller: 'zaibei.io/operator', instance: 'zaibei-operator-0' },
    signal: stop.signal,
  });
  const about = wishType.keep(server.create(wishType, wish('one', 1)));
  return { clock, server, recorder, about, metrics, stop, events: () => server.list(eventType) };
}

/** The counts of outcomes that are not 0. */
async function outcomesOf(metrics: MetricRegistry): Promise<Record<string, number>> {
  const page = (await metrics.render()).toString();
  const found = page.matchAll(/^zaibei_events_total\{outcome="(\w+)"\} ([1-9]\d*)$/gm);
  return Object.fromEntries([...found].map(([, outcome = '', count]) => [outcome, Number(count)]));
}

describe('an event', () => {
  it('is written once, beside its object, with all that an API server asks for', async () => {
    const { clock, recorder, about, events } = setUp();
    recorder.record(about, LATE);
    await clock.pass(0);
    const { uid, resourceVersion } = about.metadata;
    const regarding = { apiVersion: 'zaibei.io/v1alpha1', kind: 'Wish', namespace: 'tenant', name: 'one' };
    expect(events()).toMatchObject([
      {
        metadata: { namespace: 'tenant', name: expect.stringMatching(/^one\.[0-9a-f]{16}$/) as unknown },
        eventTime: '2026-11-23T04:00:00.000000Z',
        regarding: { ...regarding, uid, resourceVersion },
        type: 'Warning',
        reason: 'TooLate',
        action: 'Reconcile',
        note: 'the copy is 3 h old',
        reportingController: 'zaibei.io/operator',
        reportingInstance: 'zaibei-operator-0',
      },
    ]);
    expect(events()[0]).not.toHaveProperty('series');
  });

  it('that is told again is counted in the one that is there, at most once a minute', async () => {
    const { clock, server, recorder, about, events, metrics } = setUp();
    let writes = 0;
    server.onCall = ({ verb }) => {
      writes += verb === 'apply' ? 1 : 0;
    };
    for (let second = 0; second <= 90; second += 1) {
      recorder.record(about, LATE);
      await clock.pass(1000);
    }
    await clock.pass(60_000);
    expect(events()).toMatchObject([
      { series: { count: 91, lastObservedTime: '2026-11-23T04:01:30.000000Z' } },
    ]);
    expect(writes).toBe(3);
    expect(await outcomesOf(metrics)).toEqual({ written: 1, counted: 90 });
  });

  it('is one of its own for another message, reason or object', async () => {
    const { clock, server, recorder, about, events } = setUp();
    const other = wishType.keep(server.create(wishType, wish('two', 1)));
    recorder.record(about, LATE);
    recorder.record(about, { ...LATE, message: 'the copy is 4 h old' });
    recorder.record(about, { ...LATE, reason: 'Older' });
    recorder.record(other, LATE);
    await clock.pass(0);
    expect(events()).toHaveLength(4);
  });

  it('is dropped where one object tells too much, and others are heard', async () => {
    const { clock, server, recorder, about, events, metrics } = setUp();
    const tell = (object: Live<Wish>, message: string): void => {
      recorder.record(object, { ...LATE, message });
    };
    for (let number = 0; number < 25; number += 1) tell(about, `copy ${number}`);
    const other = wishType.keep(server.create(wishType, wish('two', 1)));
    tell(other, 'heard');
    await clock.pass(0);
    expect(events()).toHaveLength(11);
    expect(await outcomesOf(metrics)).toEqual({ written: 11, dropped: 15 });
    await clock.pass(30_000);
    tell(about, 'after a while');
    await clock.pass(0);
    expect(events()).toHaveLength(12);
  });

  it('that cannot be written harms nobody, and is counted', async () => {
    const { clock, server, recorder, about, metrics } = setUp();
    server.onCall = () => {
      throw new Error('down');
    };
    recorder.record(about, LATE);
    await clock.pass(0);
    expect(await outcomesOf(metrics)).toEqual({ failed: 1 });
  });

  it('tells no secret', async () => {
    const { clock, recorder, about, events } = setUp();
    recorder.record(about, { ...LATE, message: 'login with password=geheim failed' });
    await clock.pass(0);
    expect(JSON.stringify(events())).not.toContain('geheim');
  });

  it('is not written when nothing may be written any more', async () => {
    const { clock, recorder, about, events, stop } = setUp();
    recorder.record(about, LATE);
    recorder.record(about, LATE);
    stop.abort();
    recorder.record(about, { ...LATE, reason: 'Later' });
    await clock.pass(120_000);
    expect(events()).toHaveLength(0);
  });

  it('is forgotten after a while of silence, with all that was kept for it', async () => {
    const { clock, recorder, about } = setUp();
    recorder.record(about, LATE);
    await clock.pass(1_800_000);
    expect(clock.timers).toBe(0);
  });
});
