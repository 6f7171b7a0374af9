import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Kind } from '../kind.ts';

/** The name of a kind in file names: `data-zone` of `DataZone`. */
export function fileNameOf(kind: Pick<Kind, 'kind'>): string {
  return kind.kind.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
}

/** The example document of a kind as it is written: what the reference shows, and tests start from. */
export function readExample(kind: Pick<Kind, 'kind'>): string {
  return readFileSync(new URL(`${fileNameOf(kind)}.yaml`, import.meta.url), 'utf8');
}

/** A fresh copy of the example document of a kind, as plain data. */
export function parseExample(kind: Kind): Record<string, unknown> {
  // Every example is a mapping: the parity tests parse all of them.
  return parse(readExample(kind)) as Record<string, unknown>;
}
