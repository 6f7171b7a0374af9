import { describe, expect, it } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { RecordedLog } from '../testing/recorded-log.ts';
import { sparseLogger } from './sparse-logger.ts';

describe('a sparse log', () => {
  it('says a message once in its interval, whoever has it, and keeps the others for whoever debugs', async () => {
    const [clock, recorded] = [new ManualClock(), new RecordedLog()];
    const log = sparseLogger(recorded, clock, 60_000);
    for (const kind of ['Claim', 'Vote']) log.child({ kind }).warn('cannot be watched');
    log.warn('something else');
    await clock.pass(60_000);
    log.warn('cannot be watched', { kind: 'Vote' });
    expect(recorded.lines.map(({ level, fields }) => [level, fields['kind']])).toEqual([
      ['warn', 'Claim'],
      ['debug', 'Vote'],
      ['warn', undefined],
      ['warn', 'Vote'],
    ]);
  });

  it('says every defect', () => {
    const recorded = new RecordedLog();
    const log = sparseLogger(recorded, new ManualClock(), 60_000);
    log.error('a listener threw');
    log.error('a listener threw');
    expect(recorded.lines.map(({ level }) => level)).toEqual(['error', 'error']);
  });
});
