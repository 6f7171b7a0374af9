import {
  journalAppendFailures,
  journalHeadSequence,
  journalLastRecord,
  journalRecords,
} from '../metrics/catalogue/evidence.ts';
import type { Metrics } from '../metrics/metric.ts';
import { EvidenceError } from './evidence-error.ts';
import type { Journal } from './journal.ts';

/** The same journal, measured. Made once for a process: two would serve the same series. */
export function meterJournal(journal: Journal, metrics: Metrics): Journal {
  const records = metrics.counter(journalRecords);
  const failures = metrics.counter(journalAppendFailures);
  metrics.derived(journalHeadSequence, () => [{ labels: {}, value: journal.head()?.sequence ?? 0 }]);
  metrics.derived(journalLastRecord, () => {
    const last = journal.latest();
    return last === undefined ? [] : [{ labels: {}, value: Date.parse(last.time) / 1000 }];
  });
  return {
    centre: journal.centre,
    head: () => journal.head(),
    latest: () => journal.latest(),
    lastOf: (kind, uid) => journal.lastOf(kind, uid),
    append: async (entry) => {
      try {
        const record = await journal.append(entry);
        records.add({ kind: record.kind });
        return record;
      } catch (error) {
        failures.add({ code: error instanceof EvidenceError ? error.code : 'unknown' });
        throw error;
      }
    },
  };
}
