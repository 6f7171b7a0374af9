import { centrePaths, type Machine } from './centre/machine.ts';
import { NoSuchInstanceError } from './errors.ts';
import type { LabCentre, LabInstance } from './instance.ts';
import { instanceOf, type InstanceRecord, listRecords, readRecord } from './instance-record.ts';
import type { Toolchain } from './toolchain/toolchain.ts';

/** An instance that has been started at some time, whatever state it is in now. */
export interface KnownInstance {
  readonly record: InstanceRecord;
  readonly instance: LabInstance;
}

/** The instance of that name. @throws NoSuchInstanceError naming those that there are */
export async function requireInstance(state: string, name: string): Promise<KnownInstance> {
  const record = await readRecord(state, name);
  if (record !== undefined) return { record, instance: instanceOf(state, record) };
  const others = (await listRecords(state)).map((other) => other.name);
  throw new NoSuchInstanceError(name, others);
}

/** The machine that one centre of an instance is. */
export function machineFor(
  { instance, record }: KnownInstance,
  centre: LabCentre,
  toolchain: Toolchain,
): Machine {
  return { instance, centre, paths: centrePaths(centre), toolchain, volumes: record.volumes };
}

/** The machines of all centres of an instance, in their order. */
export function machinesOf(known: KnownInstance, toolchain: Toolchain): readonly Machine[] {
  return known.instance.centres.map((centre) => machineFor(known, centre, toolchain));
}
