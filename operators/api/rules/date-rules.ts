import { isCalendarDay } from '../values/time.ts';
import { defineRule, type Rule } from './rule.ts';

const ALLOWED = 'use a day of the calendar';

const grants = defineRule({
  code: 'ZB-DAT-001',
  title: 'The last day of a grant exists',
  why: '30 February is after every day and before none, depending on who reads it.',
  severity: 'error',
  policyLines: ['T-06'],
  judges: ['zones'],
  check: function* ({ zones }) {
    for (const zone of zones) {
      for (const [index, { until }] of (zone.spec.exchangeGrants ?? []).entries()) {
        if (until === undefined || isCalendarDay(until)) continue;
        const field = ['spec', 'exchangeGrants', index, 'until'];
        yield { document: zone, field, message: `found ${until}, a day that does not exist; ${ALLOWED}` };
      }
    }
  },
});

const assessments = defineRule({
  code: 'ZB-DAT-002',
  title: 'The day of a cryptography assessment exists, is stated where there is a result, and fits it',
  why: 'A result without a day cannot be checked, and one of next year has not been given yet.',
  severity: 'error',
  policyLines: ['S-06'],
  judges: ['datasets', 'now'],
  check: function* ({ datasets, now }) {
    for (const dataset of datasets) {
      const assessment = dataset.spec.system?.cryptography;
      if (assessment === undefined) continue;
      const field = ['spec', 'system', 'cryptography', 'date'];
      const { status, date } = assessment;
      const isResult = status === 'passed' || status === 'passed-with-findings' || status === 'failed';
      if (date === undefined) {
        if (isResult) yield { document: dataset, field, message: `missing; the result ${status} has a day` };
      } else if (!isCalendarDay(date)) {
        yield { document: dataset, field, message: `found ${date}, a day that does not exist; ${ALLOWED}` };
      } else if (isResult && Date.parse(`${date}T00:00:00+08:00`) > now.getTime()) {
        const message = `found ${date}, which is still to come; the result ${status} has been given already`;
        yield { document: dataset, field, message, remedy: 'correct the day, or use status: planned' };
      }
    }
  },
});

/** Rules about calendar days. */
export const dateRules: readonly Rule[] = [grants, assessments];
