import { describe, expect, it } from 'vitest';
import { EXIT_CODES } from '../exit-code.ts';
import { sayIn } from '../messages/say.ts';
import { CentreInMemory, openInMemory, threeCentres } from '../testing/centre-in-memory.ts';
import { readCentres } from './show-status.ts';
import { exitCodeOf, reportStatus, type StatusReport } from './status-report.ts';
import { statusText } from './status-text.ts';

/** Reads centres as the command does. @param answering those of them that answer; default: all */
async function statusOf(
  centres: readonly CentreInMemory[],
  answering: readonly CentreInMemory[] = centres,
): Promise<StatusReport> {
  const accesses = centres.map(({ access }) => access);
  return reportStatus(await readCentres(accesses, openInMemory(answering)));
}

const text = (report: StatusReport, language: 'zh' | 'en' = 'en'): string =>
  statusText(report, {
    language,
    say: sayIn(language),
    paint: (_tone, word) => word,
    tell: () => undefined,
    environment: {},
  });

describe('the status of three centres', () => {
  it('is fine only when everything is known and nothing is wrong', async () => {
    const report = await statusOf(threeCentres());
    expect(report).toMatchObject({ fine: true, topology: { name: 'example', centres: 3 } });
    expect(report.peers).toHaveLength(6);
    expect(report.classes).toEqual([
      { class: 'important', phases: expect.objectContaining({ Protected: 1, Unprotected: 0 }) as object },
    ]);
    expect(exitCodeOf(report)).toBe(EXIT_CODES.fine);
    expect(text(report, 'zh')).toContain('一切正常');
  });

  it('gives a silent centre its time and no more, names it, and takes nothing from it for granted', async () => {
    const [production, local, remote] = threeCentres();
    const report = await statusOf([production, local, remote], [local, remote]);
    expect(report.centres.map(({ answers }) => answers)).toEqual([false, true, true]);
    expect(report.peers.filter(({ from }) => from === 'production')).toMatchObject([
      { to: 'local-dr', reachability: 'Unknown', agreement: 'Unknown' },
      { to: 'remote-dr', reachability: 'Unknown', agreement: 'Unknown' },
    ]);
    expect(report.placements[0]).toMatchObject({ unknown: ['production'], differing: [] });
    // Its home is production: what the others see of it may be over since.
    expect(report.datasets[0]).toMatchObject({ phase: 'Unknown' });
    expect(report.uncovered.unknown).toEqual(['production']);
    expect(exitCodeOf(report)).toBe(EXIT_CODES.findings);
    expect(text(report)).toContain('production does not answer (context lab-production): nothing within 3 s');
  });

  it('ends as unable when no centre answers', async () => {
    const report = await statusOf(threeCentres(), []);
    expect(exitCodeOf(report)).toBe(EXIT_CODES.unable);
    expect(text(report)).toContain('No centre answers: everything is unknown.');
  });

  it('does not believe what an operator wrote that has fallen silent', async () => {
    const [production, local] = threeCentres();
    const remote = new CentreInMemory('remote-dr').topology().operator(300).placement().zone();
    const report = await statusOf([production, local, remote]);
    expect(report.centres[2]).toMatchObject({ answers: true, operator: 'Silent', ready: 'Unknown' });
    expect(report.peers.filter(({ from }) => from === 'remote-dr')[0]?.reachability).toBe('Unknown');
    expect(report.uncovered.unknown).toEqual(['remote-dr']);
  });

  it('names the centre that has another epoch', async () => {
    const [production, local] = threeCentres();
    const remote = new CentreInMemory('remote-dr').topology().operator().placement({ epoch: 9 }).zone();
    const report = await statusOf([production, local, remote]);
    expect(report.placements[0]).toMatchObject({ epoch: 9, differing: ['production', 'local-dr'] });
    expect(text(report)).toMatch(/production, local-dr has other roles than epoch 9/);
  });

  it('takes the worst word on a dataset, and says what the operator says', async () => {
    const [production, local] = threeCentres();
    const remote = new CentreInMemory('remote-dr').topology().operator().placement().dataset('Unprotected');
    const report = await statusOf([production, local, remote.zone()]);
    expect(report.datasets[0]).toMatchObject({ phase: 'Unprotected', message: 'it is Unprotected' });
    expect(text(report)).toMatch(
      /Not protected \(1\):\n {2}.* \(important\): unprotected\. it is Unprotected/,
    );
  });

  it('names what no Dataset covers, a screenful of it, and how much more there is', async () => {
    const [production, local] = threeCentres();
    const claims = Array.from({ length: 15 }, (_, index) => `claim-${index}`);
    const remote = new CentreInMemory('remote-dr').topology().operator().placement().zone(claims);
    const report = await statusOf([production, local, remote.dataset('Protected')]);
    expect(report.uncovered).toMatchObject({ more: 0, unknown: [] });
    expect(text(report)).toContain(
      'Named by no Dataset (15):\n  PersistentVolumeClaim tax/claim-0 in remote-dr',
    );
    expect(text(report)).toContain('… and 3 more');
  });
});
