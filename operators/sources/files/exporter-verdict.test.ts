import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExporterReport } from '../../api/layout/exporter.ts';
import { DEPLOYMENTS } from './exporter-kinds.ts';
import { LOOK_INTERVAL, LOOK_LIFETIME } from './exporter-samples.ts';
import { SURVEY } from './testing/exporter-report.ts';
import { ExportingCentre } from './testing/exporting-centre.ts';

let centre: ExportingCentre;

beforeEach(() => {
  centre = ExportingCentre.exporting();
});

afterEach(() => {
  centre.stop();
});

/** A centre that is home of the dataset, with or without its claim, and without a pod of the exporter. */
function home(claim: 'claimed' | 'unclaimed'): void {
  centre = new ExportingCentre();
  centre.place('production');
  if (claim === 'claimed') centre.haveClaim();
}

describe('files are not ready, and it is told why', () => {
  it.each<[reason: string, status: string, arrange: () => object | undefined]>([
    ['NotPlaced', 'Unknown', () => void (centre = new ExportingCentre())],
    ['NoAddress', 'False', () => ({ endpoint: undefined })],
    ['AddressUnfit', 'False', () => ({ endpoint: { everywhere: { host: 'h', port: 873 } } })],
    [
      'ClaimMissing',
      'False',
      () => {
        home('unclaimed');
      },
    ],
    [
      'ExporterSilent',
      'Unknown',
      () => {
        home('claimed');
      },
    ],
    [
      'ExporterNotRunning',
      'Unknown',
      () => {
        const waiting = { reason: 'ErrImagePull', message: 'gone' };
        home('claimed');
        centre.havePod({ containerStatuses: [{ state: { waiting } }] });
      },
    ],
  ])('%s', async (reason, status, arrange) => {
    const files = arrange();
    expect(await centre.untilTold(centre.haveDataset(files), reason)).toMatchObject({ status });
  });

  it.each<[reason: string, status: string, report: Partial<ExporterReport>, words: string]>([
    [
      'CertificateExpired',
      'False',
      { trouble: { reason: 'CertificateExpired', message: 'It has.' } },
      'Renew it',
    ],
    ['PathMissing', 'False', { trouble: { reason: 'PathMissing', message: 'Gone.' } }, 'spec.files.path'],
    ['SurveyFailed', 'Unknown', { surveyTrouble: 'rsync failed' }, 'rsync failed'],
    ['NotSurveyed', 'Unknown', { survey: undefined }, 'looking'],
    ['ExporterSilent', 'Unknown', { dataset: 'licences/another' }, 'does not answer'],
    [
      'FilesUnreadable',
      'False',
      { survey: { ...SURVEY, unreadable: { count: 3, examples: ['a', '锁', 'c', 'd'] } } },
      '"a", "锁", "c".',
    ],
  ])('by its report: %s', async (reason, status, report, words) => {
    centre.answer = report;
    const verdict = await centre.untilTold(centre.haveDataset(), reason);
    expect(verdict).toMatchObject({ status, message: expect.stringContaining(words) as string });
  });

  it('and links that lead out are told of files that are', async () => {
    centre.answer = { survey: { ...SURVEY, leavingLinks: { count: 1, examples: ['etc'] } } };
    expect((await centre.untilTold(centre.haveDataset(), 'Fit'))?.message).toContain('1 links that lead out');
  });
});

describe('what was seen of an exporter says nothing any more', () => {
  it('of a spec that it was not looked at by', async () => {
    await centre.untilTold(centre.haveDataset(), 'Fit');
    const dataset = centre.haveDataset({ exclude: ['*.tmp'] });
    expect(centre.told(dataset)).toMatchObject({ status: 'Unknown', reason: 'SpecChanged' });
    await centre.look();
    expect(centre.told(dataset)).toMatchObject({ status: 'True', reason: 'Fit' });
  });

  it('of another dataset of its name', async () => {
    const dataset = centre.haveDataset();
    await centre.untilTold(dataset, 'Fit');
    const another = { ...dataset, metadata: { ...dataset.metadata, uid: 'another' } };
    expect(centre.told(another)).toMatchObject({ status: 'Unknown', reason: 'SpecChanged' });
  });

  it.each<[string, object]>([
    ['path', { path: '/other' }],
    ['patterns', { exclude: ['*.tmp'] }],
    ['user', { runAs: { user: 1000, group: 65_532 } }],
    ['group', { runAs: { user: 65_532, group: 1000 } }],
  ])('when it was started with another %s', async (_, files) => {
    await centre.untilTold(centre.haveDataset(), 'Fit');
    const former = startedWith();
    const dataset = centre.haveDataset(files);
    centre.answer = { startedWith: former };
    await centre.look();
    expect(centre.told(dataset)).toMatchObject({ status: 'Unknown', reason: 'ExporterOutdated' });
    centre.answer = {};
    await centre.look();
    expect(centre.told(dataset)).toMatchObject({ status: 'True', reason: 'Fit' });
  });

  it('when it does not say what it was started with', async () => {
    centre.answer = { startedWith: undefined };
    await centre.untilTold(centre.haveDataset(), 'ExporterOutdated');
  });

  it('when nobody looks any more', async () => {
    const dataset = centre.haveDataset();
    await centre.untilTold(dataset, 'Fit');
    centre.stop();
    await centre.operator.clock.pass(LOOK_LIFETIME + 1);
    expect(centre.told(dataset)).toMatchObject({ status: 'Unknown', reason: 'SampleTooOld' });
  });

  it('when the clock was set back, until it is looked at again', async () => {
    const dataset = centre.haveDataset();
    await centre.untilTold(dataset, 'Fit');
    centre.operator.clock.setWallClock(-4 * LOOK_INTERVAL);
    expect(centre.told(dataset)).toMatchObject({ status: 'Unknown', reason: 'ClockSetBack' });
    await centre.look();
    expect(centre.told(dataset)).toMatchObject({ status: 'True', reason: 'Fit' });
  });
});

/** What the exporter is started with now. */
function startedWith(): string {
  const text = JSON.stringify(centre.find(DEPLOYMENTS));
  const found = /"ZAIBEI_STARTED_WITH","value":"([^"]+)"/.exec(text)?.[1];
  if (found === undefined) throw new Error(`no digest in ${text}`);
  return found;
}
