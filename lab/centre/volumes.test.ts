import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planVolumes, volumeManifest, type VolumeFolder, type VolumeObject } from './volumes.ts';
import { exampleMachine } from './testing/example-machine.ts';

const claim = { namespace: 'population', name: 'data-db-0' };
const free = (name: string): VolumeObject => ({ name, phase: 'Available' });

describe('the volume keeper', () => {
  test('makes volumes until enough are free, and numbers them on', () => {
    expect(planVolumes([], [], 2)).toEqual([
      { do: 'create', name: 'lab-001' },
      { do: 'create', name: 'lab-002' },
    ]);
    const bound: VolumeObject = { name: 'lab-007', phase: 'Bound', claim };
    expect(planVolumes([bound, free('lab-002')], [], 2)).toEqual([{ do: 'create', name: 'lab-008' }]);
  });

  test('does nothing when enough are free', () => {
    expect(planVolumes([free('lab-001'), free('lab-002')], [], 2)).toEqual([]);
  });

  test('keeps a released volume with data for a claim of the same name', () => {
    const released: VolumeObject = { name: 'lab-001', phase: 'Released', claim };
    expect(planVolumes([released], [{ name: 'lab-001', empty: false }], 0)).toEqual([
      { do: 'reserve', name: 'lab-001', claim },
    ]);
  });

  test('does not count a reserved volume as free', () => {
    const reserved: VolumeObject = { name: 'lab-001', phase: 'Available', claim };
    expect(planVolumes([reserved], [{ name: 'lab-001', empty: false }], 1)).toEqual([
      { do: 'create', name: 'lab-002' },
    ]);
  });

  test('frees a released volume that is empty, instead of making another', () => {
    const released: VolumeObject = { name: 'lab-001', phase: 'Released', claim };
    expect(planVolumes([released], [{ name: 'lab-001', empty: true }], 1)).toEqual([
      { do: 'free', name: 'lab-001' },
    ]);
  });

  test('finds the claim of a folder whose object is gone, and offers data of an unknown claim to nobody', () => {
    const folders: VolumeFolder[] = [
      { name: 'lab-001', empty: false, claim },
      { name: 'lab-002', empty: false },
      { name: 'lab-003', empty: true },
    ];
    expect(planVolumes([], folders, 1)).toEqual([
      { do: 'create', name: 'lab-001', claim },
      { do: 'create', name: 'lab-003' },
    ]);
  });

  test('never gives data to anybody but its claim, whatever it sees', () => {
    const name = fc.constantFrom<string[]>('lab-001', 'lab-002', 'lab-003', 'lab-004');
    const object = fc.record({
      name,
      phase: fc.constantFrom<VolumeObject['phase'][]>('Available', 'Bound', 'Released', 'Failed', 'Pending'),
      claim: fc.constantFrom(claim, { namespace: 'economy', name: 'data-db-0' }),
    });
    const folder = fc.record({ name, empty: fc.boolean() });
    const unique = { selector: (item: { name: string }) => item.name };
    fc.assert(
      fc.property(
        fc.uniqueArray(object, unique),
        fc.uniqueArray(folder, unique),
        fc.nat(5),
        (objects, folders, wanted) => {
          const data = new Set(folders.filter((one) => !one.empty).map((one) => one.name));
          for (const action of planVolumes(objects, folders, wanted)) {
            if (!data.has(action.name)) continue;
            expect(action.do).toBe('reserve');
            expect(action).toMatchObject({ claim: objects.find((one) => one.name === action.name)?.claim });
          }
        },
      ),
    );
  });

  test('offers a volume on the node of its centre only, and never lets the cluster delete it', () => {
    expect(volumeManifest(exampleMachine(), 'lab-001', claim)).toMatchObject({
      spec: {
        persistentVolumeReclaimPolicy: 'Retain',
        local: { path: '/state/lab/production/volumes/lab-001' },
        claimRef: claim,
      },
    });
  });
});
