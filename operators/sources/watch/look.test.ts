import { describe, expect, it } from 'vitest';
import { judgeLook, specVersion, type SpecVersion } from './look.ts';

const LIFETIME = 90_000;
const NOW = Date.parse('2026-11-23T04:00:00Z');
const SPEC: SpecVersion = 'u/2';

const reason = (at: number, spec: SpecVersion = SPEC) => judgeLook({ spec, at }, SPEC, NOW, LIFETIME)?.reason;

describe('a look', () => {
  it('counts for its lifetime, and no longer', () => {
    expect(reason(NOW)).toBeUndefined();
    expect(reason(NOW - LIFETIME)).toBeUndefined();
    expect(reason(NOW - LIFETIME - 1)).toBe('SampleTooOld');
  });

  it('counts when it was taken while the run that judges it went on', () => {
    expect(reason(NOW + 2_000)).toBeUndefined();
  });

  it('says nothing where the clock was set back since: its age is not known', () => {
    expect(judgeLook({ spec: SPEC, at: NOW + 600_000 }, SPEC, NOW, LIFETIME)).toEqual({
      status: 'Unknown',
      reason: 'ClockSetBack',
      message:
        'It was last looked at 2026-11-23T04:10:00.000Z, which is yet to come: the clock was set back. It is looked at again.',
    });
  });

  it('says nothing of another spec, however young it is', () => {
    expect(reason(NOW, 'u/1')).toBe('SpecChanged');
    expect(reason(NOW, 'another/2')).toBe('SpecChanged');
  });
});

describe('the version of a spec', () => {
  const metadata = { name: 'archive', uid: 'u', resourceVersion: '7', generation: 2 };

  it('stays when only the status is written', () => {
    expect(specVersion({ metadata: { ...metadata, resourceVersion: '8' } })).toBe(specVersion({ metadata }));
  });

  it('is another of another spec, and of another dataset of the same name', () => {
    expect(specVersion({ metadata: { ...metadata, generation: 3 } })).not.toBe(specVersion({ metadata }));
    expect(specVersion({ metadata: { ...metadata, uid: 'v' } })).not.toBe(specVersion({ metadata }));
  });
});
