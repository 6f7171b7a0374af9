import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AddressHost, claimAddresses } from './address-claim.ts';
import type { LabInstance } from './instance.ts';
import { listRecords } from './instance-record.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'lab-states-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A machine that shows the addresses of an instance some time after it was told to, as real ones do. */
function machine(): AddressHost & { readonly raised: readonly LabInstance[] } {
  const raised: LabInstance[] = [];
  return {
    raised,
    network: async () => {
      const addresses = raised.map(({ bridge, nodeCidr }) => ({ link: bridge, network: nodeCidr }));
      await nextTurn();
      return { links: [], addresses, routes: [] };
    },
    occupy: async ({ instance }) => {
      await nextTurn();
      raised.push(instance);
    },
  };
}

const stateOf = (name: string): string => path.join(folder, `state-of-${name}`);

describe('first starts of instances at the same time', () => {
  test('get slots of their own, also from state folders that know nothing of each other', async () => {
    const host = machine();
    const names = ['blue', 'green', 'red', 'white'];
    const claimed = await Promise.all(
      names.map((name) => claimAddresses({ name, state: stateOf(name) }, host)),
    );
    expect(claimed.map(({ record }) => record.slot).sort()).toEqual([2, 3, 4, 5]);
    expect(host.raised).toHaveLength(4);
    for (const { record } of claimed) expect(await listRecords(stateOf(record.name))).toEqual([record]);
  });

  test('leave the slot that both name to the first, and nothing is written down for the other', async () => {
    const host = machine();
    const starts = ['blue', 'red'].map((name) =>
      claimAddresses({ name, state: stateOf(name), slot: 7 }, host),
    );
    const results = await Promise.allSettled(starts);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [refusal] = results.filter((result) => result.status === 'rejected');
    expect(refusal?.reason).toMatchObject({ code: 'ZB-LAB-002' });
    expect(String(refusal?.reason)).toMatch(
      /already uses:\n {2}- address 10\.\d+\.0\.0\/24 on link zb-(blue|red)/,
    );
    const written = await Promise.all(['blue', 'red'].map((name) => listRecords(stateOf(name))));
    expect(written.flat()).toHaveLength(1);
  });
});

describe('a later start', () => {
  test('keeps the slot that is written down, and refuses another', async () => {
    const host = machine();
    const state = stateOf('blue');
    await claimAddresses({ name: 'blue', state, slot: 9 }, host);
    expect((await claimAddresses({ name: 'blue', state }, host)).record.slot).toBe(9);
    await expect(claimAddresses({ name: 'blue', state, slot: 8 }, host)).rejects.toThrow(
      'Instance "blue" exists and has slot 9. To change that, take it down first.',
    );
  });

  test('gets its turn after one that failed', async () => {
    const broken: AddressHost = { ...machine(), occupy: () => Promise.reject(new Error('no bridge')) };
    const wanted = { name: 'blue', state: stateOf('blue') };
    await expect(claimAddresses(wanted, broken)).rejects.toThrow('no bridge');
    expect((await claimAddresses(wanted, machine())).record.slot).toBe(2);
  });
});
