import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  chooseSlot,
  instanceOf,
  listRecords,
  newRecord,
  readRecord,
  stateDirectory,
  writeRecord,
} from './instance-record.ts';

let state: string;

beforeEach(async () => {
  state = await mkdtemp(path.join(os.tmpdir(), 'lab-state-'));
});
afterEach(() => rm(state, { recursive: true }));

describe('the slot of a new instance', () => {
  const others = [newRecord('blue', 2, {}), newRecord('green', 0, {})];

  test('is the lowest that nobody has and no usual name stands for', () => {
    expect(chooseSlot('red', [])).toBe(2);
    expect(chooseSlot('red', others)).toBe(3);
  });

  test('is always the same for the usual names', () => {
    expect(chooseSlot('lab', [])).toBe(0);
    expect(chooseSlot('test', others)).toBe(1);
  });

  test('is refused with the name of who has it', () => {
    expect(() => chooseSlot('lab', others)).toThrow('Slot 0 is taken by lab instance "green"');
    expect(() => chooseSlot('red', others, 2)).toThrow('Slot 2 is taken by lab instance "blue"');
  });

  test('runs out after thirty', () => {
    const many = Array.from({ length: 30 }, (_, slot) => newRecord(`i${slot}`, slot, {}));
    expect(() => chooseSlot('red', many)).toThrow('All 30 slots are taken');
  });
});

describe('what is written down about an instance', () => {
  test('is found again, with everything that follows from it', async () => {
    const record = newRecord('blue', 5, { centres: ['solo'], volumes: { free: 1, size: '1Gi' } });
    await writeRecord(state, record);
    expect(await readRecord(state, 'blue')).toEqual(record);
    expect(instanceOf(state, record).centres[0]?.nodeAddress).toBe('10.104.0.1');
    expect(await readRecord(state, 'red')).toBeUndefined();
  });

  test('is refused by file and reason when it was spoilt, and does not hinder other instances', async () => {
    await writeRecord(state, newRecord('blue', 5, {}));
    await mkdir(path.join(state, 'bad'));
    await writeFile(path.join(state, 'bad/instance.json'), '{"name": "bad"');
    await expect(readRecord(state, 'bad')).rejects.toThrow(
      /bad\/instance\.json does not describe lab instance "bad"/,
    );
    expect((await listRecords(state)).map((record) => record.name)).toEqual(['blue']);
  });
});

describe('a record is not believed', () => {
  test.each([
    ['another instance', { name: 'green' }, 'it is about instance "green"'],
    ['a slot that there is not', { slot: 30 }, 'lab slot 30: 0 to 29'],
    ['a centre that is a path', { centres: ['../x'] }, 'centre "../x"'],
  ])('when it names %s', async (_, wrong, reason) => {
    await writeRecord(state, newRecord('blue', 5, {}));
    await writeFile(
      path.join(state, 'blue/instance.json'),
      JSON.stringify({ ...newRecord('blue', 5, {}), ...wrong }),
    );
    await expect(readRecord(state, 'blue')).rejects.toMatchObject({
      code: 'ZB-LAB-011',
      message: expect.stringContaining(reason) as string,
    });
  });

  test.each(['../blue', '.', '', 'blue/..'])('when it is asked for by the path "%s"', async (name) => {
    await writeRecord(state, newRecord('blue', 5, {}));
    await expect(readRecord(path.join(state, 'blue'), name)).rejects.toMatchObject({ code: 'ZB-LAB-012' });
  });
});

describe('the state folder', () => {
  test('holds no instance when it is none', async () => {
    expect(await listRecords('/dev/null')).toEqual([]);
  });

  test('is never the folder that the command was given in, unless that is named', () => {
    expect(stateDirectory({})).toBe('/var/lib/zaibei/lab');
    expect(stateDirectory({ ZAIBEI_STATE: '' })).toBe('/var/lib/zaibei/lab');
    expect(stateDirectory({ ZAIBEI_STATE: 'here' })).toBe(path.resolve('here'));
  });
});
