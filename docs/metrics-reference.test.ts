import { describe, expect, it } from 'vitest';

import { CATALOGUE } from '../operators/metrics/index.ts';
import { metricsPages } from './metrics-reference.ts';

describe('the page of metrics', () => {
  const [page] = metricsPages();
  const rows = page?.text.split('\n').filter((line) => line.startsWith('| `zaibei_')) ?? [];

  it('has a row for every metric of the catalogue, in both languages', () => {
    expect(rows).toHaveLength(CATALOGUE.length);
    for (const { name, help } of CATALOGUE) {
      const row = rows.find((line) => line.startsWith(`| \`${name}\` |`));
      expect(row).toContain(help.zh);
      expect(row).toContain(help.en);
    }
  });

  it('says type, unit, labels and known values', () => {
    expect(rows.find((line) => line.includes('`zaibei_reconciles_total`'))).toMatch(
      /\| counter \| `controller`<br>`outcome`: `done`, /,
    );
    expect(rows.find((line) => line.includes('`zaibei_watch_heard_timestamp_seconds`'))).toContain(
      '| gauge, seconds since 1970 |',
    );
  });
});
