import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeInstance, type LabInstance, requireCentre } from '../instance.ts';
import { linkSettingsFile, readLinkSettings, writeLinkSettings } from './link-settings.ts';

let state: string;
let instance: LabInstance;

beforeEach(async () => {
  state = await mkdtemp(`${os.tmpdir()}/lab-links-`);
  instance = describeInstance('lab', 0, state);
  await mkdir(instance.directory);
});
afterEach(() => rm(state, { recursive: true }));

function write(roundTripMs: number): Promise<void> {
  const [a, b] = [requireCentre(instance, 'production'), requireCentre(instance, 'local-dr')];
  return writeLinkSettings(instance, a, b, { cut: false, delay: { roundTripMs, ports: [6443] } });
}

describe('the settings of a link', () => {
  test('are found again', async () => {
    await write(15);
    const delay = { roundTripMs: 15, ports: [6443] };
    expect(await readLinkSettings(instance)).toEqual({ 'production/local-dr': { cut: false, delay } });
  });

  test.each([0, -1, 60_001, Number.NaN])(
    'are not written with %s ms, which could not be read',
    async (ms) => {
      await write(15);
      const before = await readFile(linkSettingsFile(instance), 'utf8');
      await expect(write(ms)).rejects.toThrow();
      expect(await readFile(linkSettingsFile(instance), 'utf8')).toBe(before);
    },
  );

  test('that were spoilt are refused with a remedy that costs no data', async () => {
    await writeFile(linkSettingsFile(instance), '{"production/local-dr"');
    await expect(readLinkSettings(instance)).rejects.toMatchObject({
      code: 'ZB-LAB-018',
      message: expect.stringMatching(/links\.json .*Delete that file and no other/) as string,
    });
  });
});
