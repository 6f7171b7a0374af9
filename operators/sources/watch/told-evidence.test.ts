import { beforeEach, describe, expect, it } from 'vitest';
import type { Dataset } from '../../api/index.ts';
import type { SourceEvidence } from '../../protection/index.ts';
import { keyOf, type Change, type Live, type ObjectKey } from '../../runtime/index.ts';
import { postgresDataset } from '../postgres/testing/fit-instance.ts';
import { specVersion } from './look.ts';
import { SAMPLE_LIFETIME, type SourceSample } from './source-sample.ts';
import { liveDataset } from './testing/live-dataset.ts';
import { toldEvidence } from './told-evidence.ts';

const SECOND = 1_000;
const START = Date.parse('2026-11-23T04:00:00Z');
const HOME = 'production';

const key = keyOf(liveDataset({}));

let dataset: Live<Dataset>;
let now: number;
/** What is known of the dataset at this moment; undefined: it is not read here. */
let sample: SourceSample | undefined;
let listeners: ((change: Change<ObjectKey>) => void)[];
let datasetsChange: (change: Change<Live<Dataset>>) => void;
let evidence: SourceEvidence;
/** Keys of which the controller has heard. */
let heard: ObjectKey[];

beforeEach(() => {
  dataset = liveDataset({ spec: postgresDataset() });
  now = START;
  sample = undefined;
  listeners = [];
  heard = [];
  const sampled = {
    listen: (listener: (change: Change<ObjectKey>) => void) => void listeners.push(listener),
  };
  evidence = toldEvidence({
    sources: { sample: (asked) => (asked === key ? sample : undefined), sampled },
    datasets: { listen: (listener) => void (datasetsChange = listener) },
    centre: HOME,
    clock: { now: () => now },
  });
  for (const { reader, keys } of evidence.triggers)
    // What a trigger takes is what its reader tells.
    reader.listen(({ after }) => void heard.push(...keys(after as never)));
});

/** Somebody changes the spec. */
function respecify(): void {
  const { generation = 1 } = dataset.metadata;
  dataset = liveDataset({ spec: dataset.spec }, generation + 1);
}

/** The source was read a moment ago, and this was said of it: of `warning`, that it is fit and somebody should look. */
function isRead(message: string, severity: 'error' | 'warning' = 'warning'): void {
  const reason = severity === 'error' ? 'IsStandby' : 'SlotGrows';
  const finding = { severity, reason, message, remedy: 'Look.' };
  sample = {
    look: { spec: specVersion(dataset), at: now },
    readAt: now,
    judgement: { class: 'important', unnamed: [], findings: [finding] },
  };
  for (const listener of listeners) listener({ key, after: key });
}

function isNotRead(message: string): void {
  const look = { spec: specVersion(dataset), at: now };
  sample = { ...sample, look, trouble: { reason: 'Unreachable', message } };
  for (const listener of listeners) listener({ key, after: key });
}

const told = (home: string | undefined = HOME) => evidence.judge(dataset, now, home);

describe('what is told of a source', () => {
  it('is nothing where there is no database', () => {
    const { postgres, ...spec } = dataset.spec;
    expect(postgres).toBeDefined();
    const files = { ...spec, files: { volumeClaim: 'archive', path: '/' } };
    expect(evidence.judge(liveDataset({ spec: files }), now, HOME)).toBeUndefined();
  });

  it('is unknown while it has no home, is at home elsewhere, or was not read yet', () => {
    isRead('a slot keeps 1 GB.');
    expect(evidence.judge(dataset, now, undefined)).toMatchObject({ status: 'Unknown', reason: 'NotPlaced' });
    expect(told('local-dr')).toMatchObject({ status: 'Unknown', reason: 'NotHome' });
    sample = undefined;
    expect(told()).toMatchObject({ status: 'Unknown' });
  });

  it('changes at once when it means something else', () => {
    isRead('a slot keeps 1 GB.');
    expect(told()).toMatchObject({ status: 'True', reason: 'SlotGrows' });
    now += SECOND;
    isRead('it is a standby.', 'error');
    expect(told()).toMatchObject({ status: 'False', reason: 'IsStandby' });
    now += SECOND;
    isNotRead('nobody answers.');
    expect(told()).toMatchObject({ status: 'Unknown', reason: 'Unreachable' });
  });

  it('stays the same for a minute where only the words differ, then changes with the last of them', () => {
    isRead('a slot keeps 1 GB.');
    const first = told();
    for (const size of [2, 3]) {
      now += 25 * SECOND;
      isRead(`a slot keeps ${size} GB.`);
      expect(told()).toEqual(first);
    }
    now += 10 * SECOND;
    expect(told()?.message).toContain('3 GB');
  });

  it('is unknown of another spec until that was looked at, and then in its own words', () => {
    isRead('a slot keeps 1 GB.');
    told();
    respecify();
    expect(told()).toMatchObject({ status: 'Unknown', reason: 'SpecChanged' });
    isRead('a slot keeps 2 GB.');
    told();
    respecify();
    heard = [];
    isRead('a slot keeps 3 GB.');
    expect(heard).toEqual([key]);
    expect(told()?.message).toContain('3 GB');
  });

  it('changes with the words when the clock was set back, instead of waiting for its time to come again', () => {
    isRead('a slot keeps 1 GB.');
    told();
    now -= 3_600 * SECOND;
    heard = [];
    isRead('a slot keeps 2 GB.');
    expect(heard).toEqual([key]);
    expect(told()?.message).toContain('2 GB');
  });

  it('is forgotten with its dataset', () => {
    isRead('a slot keeps 1 GB.');
    told();
    heard = [];
    datasetsChange({ key, before: dataset });
    isRead('a slot keeps 1 GB.');
    expect(heard).toEqual([key]);
  });

  it('is unknown when nothing was read for longer than a sample counts', () => {
    isRead('a slot keeps 1 GB.');
    told();
    now += SAMPLE_LIFETIME + SECOND;
    expect(told()).toMatchObject({ status: 'Unknown', reason: 'SampleTooOld' });
  });
});

describe('a sample', () => {
  it('is heard of while nothing was told yet', () => {
    isRead('a slot keeps 1 GB.');
    expect(heard).toEqual([key]);
  });

  it('is not heard of when it says what was told, however long ago', () => {
    isRead('a slot keeps 1 GB.');
    told();
    heard = [];
    for (let readings = 0; readings < 10; readings += 1) {
      now += 30 * SECOND;
      isRead('a slot keeps 1 GB.');
    }
    expect(heard).toEqual([]);
  });

  it('is heard of at once when it means something else, and after a minute when its words differ', () => {
    isRead('a slot keeps 1 GB.');
    told();
    heard = [];
    now += 30 * SECOND;
    isRead('a slot keeps 2 GB.');
    expect(heard).toEqual([]);
    now += 30 * SECOND;
    isRead('a slot keeps 3 GB.');
    expect(heard).toEqual([key]);
    told();
    now += SECOND;
    isRead('it is a standby.', 'error');
    expect(heard).toEqual([key, key]);
  });

  it('is heard of when a source cannot be read any more, and when it is read no longer', () => {
    isRead('a slot keeps 1 GB.');
    told();
    heard = [];
    isNotRead('nobody answers.');
    expect(heard).toEqual([key]);
    told();
    sample = undefined;
    for (const listener of listeners) listener({ key, after: key });
    expect(heard).toEqual([key, key]);
  });
});
