import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { readProfileLibrary } from './profile-library.ts';
import { requiredMeasures } from './required-measures.ts';
import { shippedProfiles } from './shipped-profiles.ts';
import type { DataClass } from '../kinds/protection-policy.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../config/profiles');

const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({ path: name, text: readFileSync(path.join(FOLDER, name), 'utf8') }));

const library = readProfileLibrary(files);

/** Every entry of the files that says where it comes from. */
function sourcedEntries(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.values(value).flatMap(sourcedEntries);
  return 'source' in value ? [{ ...value }, ...below] : below;
}

const entries = files.flatMap(({ text }) =>
  parseAllDocuments(text).flatMap((document) => sourcedEntries(document.toJS())),
);

describe('the profiles', () => {
  it('are in the program as they are in the folder', () => {
    const { profiles, classifiedProtection } = shippedProfiles();
    expect(profiles).toEqual(library.profiles);
    expect(classifiedProtection).toEqual(library.classifiedProtection);
  });

  it('are of their schemas', () => {
    expect(library.findings).toEqual([]);
    expect(library.profiles.map(({ metadata }) => metadata.name)).toEqual(['fujian-2023', 'hebei-2023']);
    expect(library.recoveryLevels?.spec.editions).toHaveLength(2);
  });

  it('quote no number from a policy text but the count of platforms', () => {
    const numbers = entries
      .filter(({ status }) => status === 'cited')
      .filter((entry) =>
        Object.values(entry).some((value) => typeof value === 'number' || /^\d/.test(String(value))),
      );
    expect(numbers.map(({ kind, atLeast, atMost }) => [kind, atLeast, atMost])).toEqual([
      ['provincial', 1, 1],
      ['trading', 1, 1],
      ['municipal', 10, 10],
    ]);
  });

  it('call no entry cited that is ours, and none ours that is cited', () => {
    for (const { source, status } of entries) {
      const text = String(source);
      expect([text, text.startsWith('ours')]).toEqual([text, status === 'proposal']);
    }
  });

  it('mark the table of GB/T 20988-2025 as not verified', () => {
    const [current] = library.recoveryLevels?.spec.editions ?? [];
    expect(current?.edition).toBe('GB/T 20988-2025');
    for (const level of current?.levels ?? []) {
      expect(level).toMatchObject({
        status: 'secondary',
        source: expect.stringContaining('not verified') as string,
      });
    }
  });
});

describe('the union of policy and 等保 [S-06, D-07]', () => {
  const fujian = library.profiles.find(({ metadata }) => metadata.name === 'fujian-2023');
  const { classifiedProtection } = library;

  function measures(dataClass: DataClass, level: number | undefined): string[] {
    if (fujian === undefined || classifiedProtection === undefined) return [];
    const required = requiredMeasures(dataClass, level, fujian, classifiedProtection);
    return [...new Set(required.map(({ measure }) => measure))].sort();
  }

  it.each<[DataClass, number, string[]]>([
    ['general', 2, ['remote-timed']],
    ['important', 2, ['local-copy', 'local-realtime', 'remote-timed']],
    ['important', 3, ['hot-redundancy', 'local-copy', 'local-realtime', 'remote-realtime', 'remote-timed']],
    [
      'important',
      4,
      [
        'hot-redundancy',
        'local-copy',
        'local-realtime',
        'remote-realtime',
        'remote-switching',
        'remote-timed',
      ],
    ],
  ])('%s data of level %i', (dataClass, level, expected) => {
    expect(measures(dataClass, level)).toEqual(expected);
  });

  it('of core data is never less than that of important data', () => {
    for (const level of [1, 2, 3, 4]) expect(measures('core', level)).toEqual(measures('important', level));
  });

  it('asks for nothing beyond the policy where the level is not known', () => {
    expect(measures('important', undefined)).toEqual(['local-realtime', 'remote-timed']);
  });
});
