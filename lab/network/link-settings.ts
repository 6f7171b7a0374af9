import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { LabCentre, LabInstance } from '../instance.ts';
import { BadLinksError } from '../state-errors.ts';

/** Longest delay of a link; no line on Earth is as slow, and programs give up before. */
export const MAX_ROUND_TRIP_MS = 60_000;

const settingsSchema = z.object({
  /** Nothing passes, in either direction. */
  cut: z.boolean().default(false),
  /** Bits per second in each direction; unlimited without. */
  bitsPerSecond: z.number().int().positive().optional(),
  /** What is added to the round trip of TCP connections to these ports of either node. */
  delay: z
    .object({
      roundTripMs: z.number().positive().max(MAX_ROUND_TRIP_MS),
      ports: z.array(z.number().int()).nonempty(),
    })
    .optional(),
});

const fileSchema = z.record(z.string(), settingsSchema);

/** What a person asked of the link between two centres. It outlives power cuts, as the state of a real line does. */
export type LinkSettings = z.infer<typeof settingsSchema>;

/** All links of an instance by {@link linkKey}; a link without settings is whole. */
export type LinkSettingsFile = z.infer<typeof fileSchema>;

/** Where the settings are kept: the links themselves forget them when a centre loses its power. */
export function linkSettingsFile(instance: LabInstance): string {
  return path.join(instance.directory, 'links.json');
}

/** Name of a link, the same from both sides: `production/remote-dr`. */
export function linkKey(a: LabCentre, b: LabCentre): string {
  return a.ordinal < b.ordinal ? `${a.name}/${b.name}` : `${b.name}/${a.name}`;
}

/** The settings of every link that has some. @throws BadLinksError */
export async function readLinkSettings(instance: LabInstance): Promise<LinkSettingsFile> {
  const file = linkSettingsFile(instance);
  if (!existsSync(file)) return {};
  try {
    return fileSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new BadLinksError(file, error instanceof Error ? error.message : String(error));
  }
}

/** The settings of one link. */
export function settingsOf(all: LinkSettingsFile, a: LabCentre, b: LabCentre): LinkSettings {
  return all[linkKey(a, b)] ?? { cut: false };
}

/** Replaces the settings of one link, in one step. What could not be read again is not written. */
export async function writeLinkSettings(
  instance: LabInstance,
  a: LabCentre,
  b: LabCentre,
  settings: LinkSettings,
): Promise<void> {
  const all = fileSchema.parse({ ...(await readLinkSettings(instance)), [linkKey(a, b)]: settings });
  const file = linkSettingsFile(instance);
  await writeFile(`${file}.new`, JSON.stringify(all, null, 2));
  await rename(`${file}.new`, file);
}
