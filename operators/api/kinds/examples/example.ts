import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Kind } from '../kind.ts';

/** The example document of a kind as it is written, comments included: what the reference shows and tests start from. */
export function readExample(kind: Kind): string {
  const name = kind.kind.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
  return readFileSync(new URL(`${name}.yaml`, import.meta.url), 'utf8');
}

/** A fresh copy of the example document of a kind, as plain data. */
export function parseExample(kind: Kind): Record<string, unknown> {
  // Every example is a mapping: the tests of the kinds parse all of them.
  return parse(readExample(kind)) as Record<string, unknown>;
}
