import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../api/index.ts';
import type { Live } from '../../runtime/index.ts';
import { liveDataset } from './testing/live-dataset.ts';
import { NOT_LOOKED_AT, untilLookedAt } from './until-looked-at.ts';

const notRead = { status: 'Unknown', reason: NOT_LOOKED_AT, message: 'It was not read yet.' } as const;
const ready = { status: 'True', reason: 'Fit', message: 'It can be protected.' } as const;

/** A dataset at generation 2, of which a source was said to be ready at the given one. */
function toldAt(observedGeneration: number): Live<Dataset> {
  const condition = { type: 'SourceReady', ...ready, observedGeneration };
  const lastTransitionTime = '2026-11-23T04:00:00Z';
  return liveDataset({ status: { conditions: [{ ...condition, lastTransitionTime }] } }, 2);
}

describe('a source that was not looked at yet', () => {
  it('is what it was said to be', () => {
    expect(untilLookedAt(toldAt(2), notRead)).toEqual(ready);
  });

  it('is unknown when the dataset was changed since, or nothing was ever said', () => {
    expect(untilLookedAt(toldAt(1), notRead)).toEqual(notRead);
    expect(untilLookedAt({ ...toldAt(2), status: {} }, notRead)).toEqual(notRead);
  });

  it('is what was seen as soon as it was looked at', () => {
    const seen = { status: 'False', reason: 'IsStandby', message: 'It is a standby.' } as const;
    expect(untilLookedAt(toldAt(2), seen)).toEqual(seen);
    expect(untilLookedAt(toldAt(2), undefined)).toBeUndefined();
  });
});
