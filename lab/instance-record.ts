import { existsSync, readdirSync, statSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { VolumeOptions } from './centre/machine.ts';
import { SlotTakenError } from './errors.ts';
import { checkInstanceName, DEFAULT_CENTRES, describeInstance, type LabInstance } from './instance.ts';
import { claimFolder } from './instance-folder.ts';
import { BadStateError } from './state-errors.ts';

/** What is written down about an instance; everything else follows from it. */
const recordSchema = z.object({
  name: z.string(),
  slot: z.number().int(),
  centres: z.array(z.string()).nonempty(),
  volumes: z.object({ free: z.number().int().nonnegative(), size: z.string() }),
});

export type InstanceRecord = z.infer<typeof recordSchema>;

/** Slots that go with a name, so that the addresses of the usual instances are the same on every machine. */
const USUAL_SLOTS: Readonly<Record<string, number>> = { lab: 0, test: 1 };

const SLOTS = 30;

export const DEFAULT_VOLUMES: VolumeOptions = { free: 6, size: '10Gi' };

/** Folder under which each instance has its own: `$ZAIBEI_STATE`, or `/var/lib/zaibei/lab` when that is unset or empty. */
export function stateDirectory(environment: NodeJS.ProcessEnv = process.env): string {
  const asked = environment['ZAIBEI_STATE'] ?? '';
  // Resolved, an empty path would be the folder that the command was given in.
  return asked === '' ? '/var/lib/zaibei/lab' : path.resolve(asked);
}

/**
 * The slot of a new instance: the one asked for, else the usual one of its name, else the lowest that no other has.
 * @param isFree whether nothing else on the machine has the addresses of a slot that nobody asked for
 * @throws SlotTakenError naming who has it
 */
export function chooseSlot(
  name: string,
  others: readonly InstanceRecord[],
  asked?: number,
  isFree: (slot: number) => boolean = () => true,
): number {
  const holderOf = (slot: number): string | undefined => others.find((other) => other.slot === slot)?.name;
  const fixed = asked ?? USUAL_SLOTS[name];
  if (fixed !== undefined) {
    const holder = holderOf(fixed);
    if (holder === undefined) return fixed;
    throw new SlotTakenError(
      `Slot ${fixed} is taken by lab instance "${holder}". Take another with --slot N, or take that instance down.`,
    );
  }
  const reserved = Object.values(USUAL_SLOTS);
  for (let slot = 0; slot < SLOTS; slot += 1) {
    if (!reserved.includes(slot) && holderOf(slot) === undefined && isFree(slot)) return slot;
  }
  const here = others.length === 0 ? '' : `, here by ${others.map((other) => other.name).join(', ')}`;
  throw new SlotTakenError(
    `All ${SLOTS} slots are taken on this machine${here}. Take an instance down first.`,
  );
}

/**
 * The instance of that name as it was written down; undefined when there is none.
 * @throws UsageError when the name is none; BadStateError when what is written does not describe that instance
 */
export async function readRecord(state: string, name: string): Promise<InstanceRecord | undefined> {
  checkInstanceName(name);
  const file = recordFile(state, name);
  if (!existsSync(file)) return undefined;
  try {
    const record = recordSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    if (record.name !== name) throw new RangeError(`it is about instance "${record.name}"`);
    // Slot and centres become addresses and paths.
    instanceOf(state, record);
    return record;
  } catch (error) {
    throw new BadStateError(file, name, error instanceof Error ? error.message : String(error));
  }
}

/** Every instance written down in the state folder; files that cannot be understood are passed over. Where there is no folder there is none. */
export async function listRecords(state: string): Promise<readonly InstanceRecord[]> {
  if (!statSync(state, { throwIfNoEntry: false })?.isDirectory()) return [];
  const records = await Promise.all(
    readdirSync(state).map((name) => readRecord(state, name).catch(() => undefined)),
  );
  return records.filter((record) => record !== undefined);
}

/** Writes the instance down, in one step. @throws ForeignFolderError */
export async function writeRecord(state: string, record: InstanceRecord): Promise<void> {
  const file = recordFile(state, record.name);
  await claimFolder(path.dirname(file));
  await writeFile(`${file}.new`, JSON.stringify(record, null, 2));
  await rename(`${file}.new`, file);
}

/** The instance that a record describes. */
export function instanceOf(state: string, record: InstanceRecord): LabInstance {
  return describeInstance(record.name, record.slot, state, record.centres);
}

/** A new record with what was asked for and the defaults for the rest. */
export function newRecord(
  name: string,
  slot: number,
  asked: { readonly centres?: readonly string[]; readonly volumes?: VolumeOptions },
): InstanceRecord {
  return recordSchema.parse({
    name,
    slot,
    centres: asked.centres ?? DEFAULT_CENTRES,
    volumes: asked.volumes ?? DEFAULT_VOLUMES,
  });
}

function recordFile(state: string, name: string): string {
  return path.join(state, name, 'instance.json');
}
