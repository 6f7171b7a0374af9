import { NetworkInUseError, UsageError } from './errors.ts';
import { describeInstance, type LabInstance } from './instance.ts';
import { writingState } from './instance-folder.ts';
import {
  chooseSlot,
  instanceOf,
  type InstanceRecord,
  listRecords,
  newRecord,
  readRecord,
  writeRecord,
} from './instance-record.ts';
import type { VolumeOptions } from './centre/machine.ts';
import type { KnownInstance } from './known-instance.ts';
import { takeLock } from './lock.ts';
import { findConflicts, type HostNetwork } from './network/conflicts.ts';

/** Disk that a centre takes at its start, in MiB: images are links, etcd is small. */
export const DISK_PER_CENTRE = 300;

/** An instance as it was asked for. */
export interface WantedInstance {
  readonly name: string;
  /** Folder of all instances. */
  readonly state: string;
  /** Decides the addresses; chosen when not given. Only looked at when the instance is new, as are the next two. */
  readonly slot?: number;
  readonly centres?: readonly string[];
  readonly volumes?: VolumeOptions;
}

/** The machine's network, as far as giving out addresses goes. */
export interface AddressHost {
  network(): Promise<HostNetwork>;
  /** Puts the addresses of the instance on the machine, where everybody sees them. */
  occupy(known: KnownInstance): Promise<void>;
}

/**
 * Gives an instance its slot, and so its addresses, and writes it down when it is new. From the choice until the machine
 * shows the addresses one command at a time is at it, whatever its state folder: two first starts never meet in one slot.
 * @throws SlotTakenError, NetworkInUseError, UsageError, BadStateError, and those of writing the state
 */
export async function claimAddresses(
  wanted: WantedInstance,
  host: AddressHost,
  signal?: AbortSignal,
): Promise<KnownInstance> {
  const lock = await takeLock('the addresses of lab instances', {
    holder: `lab up of "${wanted.name}"`,
    ...(signal === undefined ? {} : { signal }),
  });
  try {
    const record = await recordFor(wanted, host);
    const known = { record, instance: instanceOf(wanted.state, record) };
    await host.occupy(known);
    return known;
  } finally {
    await lock.release();
  }
}

/** Refuses addresses and names that somebody else has. @throws NetworkInUseError */
export function refuseConflicts(instance: LabInstance, network: HostNetwork): void {
  const conflicts = findConflicts(instance, network);
  if (conflicts.length > 0) throw new NetworkInUseError(instance.name, conflicts);
}

/** The instance as it was written down, or a new one with a slot that nobody else has. */
async function recordFor(wanted: WantedInstance, host: AddressHost): Promise<InstanceRecord> {
  const { name, state, slot, ...shape } = wanted;
  const known = await readRecord(state, name);
  if (known !== undefined) {
    refuseOtherShape(known, wanted);
    return known;
  }
  const network = await host.network();
  // Instances of other state folders are known only by what they have on the machine.
  const isFree = (candidate: number): boolean =>
    findConflicts(describeInstance(name, candidate, state, shape.centres), network).length === 0;
  const record = newRecord(name, chooseSlot(name, await listRecords(state), slot, isFree), shape);
  refuseConflicts(instanceOf(state, record), network);
  await writingState(state, record.centres.length * DISK_PER_CENTRE, () => writeRecord(state, record));
  return record;
}

/** What decides addresses and centres cannot change while there is data of them. */
function refuseOtherShape(known: InstanceRecord, { slot, centres }: WantedInstance): void {
  const has = (what: string): never => {
    throw new UsageError(
      `Instance "${known.name}" exists and has ${what}. To change that, take it down first.`,
    );
  };
  if (slot !== undefined && slot !== known.slot) has(`slot ${known.slot}`);
  if (centres !== undefined && centres.join() !== known.centres.join())
    has(`centres ${known.centres.join(', ')}`);
}
