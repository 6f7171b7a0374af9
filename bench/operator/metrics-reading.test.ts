import { describe, expect, it } from 'vitest';
import { MetricsReading } from './metrics-reading.ts';

const PAGE = `# HELP calls_total Calls.
# TYPE calls_total counter
calls_total{verb="get",code="200"} 3
calls_total{verb="get",code="404"} 1
calls_total{verb="list",code="200"} 2
text{with="a \\"quoted\\" }, and a comma"} 1
alone 1.5e3
`;

describe('a metrics page that was read', () => {
  const reading = new MetricsReading(PAGE);

  it('adds the series up that have the labels', () => {
    expect(reading.sum({ name: 'calls_total' })).toBe(6);
    expect(reading.sum({ name: 'calls_total' }, { verb: 'get' })).toBe(4);
    expect(reading.sum({ name: 'calls_total' }, { verb: 'get', code: '404' })).toBe(1);
    expect(reading.sum({ name: 'calls_total' }, { verb: 'watch' })).toBe(0);
    expect(reading.sum({ name: 'alone' })).toBe(1_500);
  });

  it('counts series, whatever their labels contain', () => {
    expect(reading.size).toBe(5);
    expect(reading.values({ name: 'calls_total' }, 'verb')).toEqual(['get', 'list']);
  });

  it('is refused where it is none', () => {
    expect(() => new MetricsReading('<html>')).toThrow('<html>');
  });
});
