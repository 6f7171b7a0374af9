import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Dataset } from '../../api/index.ts';
import type { Live } from '../../runtime/index.ts';
import { DEPLOYMENTS, SERVICES } from './exporter-kinds.ts';
import { ExportingCentre } from './testing/exporting-centre.ts';

let centre: ExportingCentre;
let dataset: Live<Dataset>;

beforeEach(async () => {
  centre = ExportingCentre.exporting();
  dataset = centre.haveDataset();
  await centre.untilTold(dataset, 'Fit');
});

afterEach(() => {
  centre.stop();
});

/** Looks until nothing is left of the exporter. */
async function untilGone(): Promise<void> {
  await centre.look();
  await expect.poll(() => [centre.find(DEPLOYMENTS), centre.find(SERVICES)]).toEqual([undefined, undefined]);
}

describe('an exporter is withdrawn, and it is told', () => {
  it.each<[when: string, change: () => void, words: string]>([
    ['its dataset has no files any more', () => centre.haveDatabase(), 'no files any more'],
    [
      'its dataset has no address',
      () => centre.haveDataset({ endpoint: undefined }),
      'no address for production',
    ],
    [
      'the address of its dataset is unfit',
      () => centre.haveDataset({ endpoint: { everywhere: { host: 'h', port: 873 } } }),
      'no NodePort',
    ],
    [
      'another centre has become home',
      () => {
        centre.place('local-dr');
      },
      'local-dr',
    ],
  ])('when %s', async (_, change, words) => {
    change();
    await untilGone();
    const message = expect.stringContaining(words) as string;
    expect(centre.events).toContainEqual({ type: 'Normal', reason: 'ExporterWithdrawn', message });
    expect(centre.operator.log.lines).toContainEqual(
      expect.objectContaining({
        message: 'an exporter was withdrawn',
        fields: expect.objectContaining({ dataset: 'licences/archive', why: message }) as object,
      }),
    );
    expect((await centre.operator.metrics.render()).toString()).not.toContain('whose="export"');
  });

  it('when that became so while no operator led', async () => {
    centre.stop();
    centre.haveDatabase();
    centre.replaceOperator();
    centre.run();
    await untilGone();
  });

  it('when the operator is told no image any more', async () => {
    centre.replaceOperator({ moverImage: undefined });
    expect(await centre.untilTold(dataset, 'NoMoverImage')).toMatchObject({ status: 'False' });
    await untilGone();
  });

  it('once, and comes back with what it was withdrawn for', async () => {
    centre.haveDatabase();
    await untilGone();
    await centre.look();
    expect(centre.events.filter(({ reason }) => reason === 'ExporterWithdrawn')).toHaveLength(1);
    dataset = centre.haveDataset();
    await centre.look();
    await expect.poll(() => centre.told(dataset)?.reason).toBe('Fit');
    expect(centre.find(DEPLOYMENTS)).toBeDefined();
    expect(centre.find(SERVICES)).toBeDefined();
  });

  it('by a search only when something is to be withdrawn', async () => {
    centre.haveDatabase();
    await untilGone();
    const calls: string[] = [];
    centre.operator.server.onCall = ({ verb, object }) => {
      if (verb === 'list' && object.startsWith(DEPLOYMENTS.kind)) calls.push(verb);
    };
    await centre.look();
    await centre.look();
    expect(calls).toEqual([]);
    dataset = centre.haveDataset();
    await centre.look();
    await expect.poll(() => centre.told(dataset)?.reason).toBe('Fit');
    centre.haveDatabase();
    await untilGone();
    expect(calls).toEqual(['list']);
  });

  it('after its next try, when it could not be removed at first', async () => {
    centre.operator.server.onCall = ({ verb }) => {
      if (verb === 'delete') throw new Error('the API server is busy');
    };
    centre.haveDatabase();
    await centre.look();
    expect(centre.find(DEPLOYMENTS)).toBeDefined();
    centre.operator.server.onCall = () => undefined;
    await untilGone();
  });
});
