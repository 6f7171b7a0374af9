import { describe, expect, it } from 'vitest';
import type { Metric, Metrics, Sample } from '../metrics/metric.ts';
import { EvidenceError } from './evidence-error.ts';
import { meterJournal } from './metered-journal.ts';
import { THEN, voteEntry } from './testing/journal-folder.ts';
import { MemoryJournal } from './testing/memory-journal.ts';

/** Series as a scrape would see them: `name{label="value"}`. */
function recordingMetrics(): Metrics & { scrape(): Record<string, number> } {
  const counted = new Map<string, number>();
  const derived: [Metric, () => Iterable<Sample<string>>][] = [];
  const seriesOf = (metric: Metric, labels: Readonly<Record<string, string>>) =>
    `${metric.name}${JSON.stringify(labels)}`;
  return {
    counter: (metric) => ({
      add: (labels, by = 1) => {
        const series = seriesOf(metric, labels);
        counted.set(series, (counted.get(series) ?? 0) + by);
      },
    }),
    gauge: () => expect.unreachable(),
    histogram: () => expect.unreachable(),
    derived: (metric, samples) => void derived.push([metric, samples]),
    scrape: () =>
      Object.fromEntries([
        ...counted,
        ...derived.flatMap(([metric, samples]) =>
          Array.from(samples(), ({ labels, value }) => [seriesOf(metric, labels), value] as const),
        ),
      ]),
  };
}

describe('a measured journal', () => {
  it('serves head and last record from the journal itself, so also those of before a restart', async () => {
    const metrics = recordingMetrics();
    const kept = new MemoryJournal();
    meterJournal(kept, metrics);
    expect(metrics.scrape()).toEqual({ 'zaibei_journal_head_sequence{}': 0 });
    await kept.append(voteEntry(1));
    expect(metrics.scrape()).toEqual({
      'zaibei_journal_head_sequence{}': 1,
      'zaibei_journal_last_record_timestamp_seconds{}': THEN / 1000,
    });
  });

  it('counts records by kind and failures by code, and hands both on', async () => {
    const metrics = recordingMetrics();
    const kept = new MemoryJournal();
    const journal = meterJournal(kept, metrics);
    expect(await journal.append(voteEntry(1))).toMatchObject({ sequence: 1 });
    kept.failNext = new EvidenceError('ZB-EVD-007', 'the volume is full');
    await expect(journal.append(voteEntry(2))).rejects.toThrow('the volume is full');
    expect(metrics.scrape()).toMatchObject({
      'zaibei_journal_records_total{"kind":"vote"}': 1,
      'zaibei_journal_append_failures_total{"code":"ZB-EVD-007"}': 1,
    });
  });
});
