import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Page } from './page.ts';

const FOLDER = path.resolve(import.meta.dirname, '../config/profiles');

/** The profiles as the operator's program has them: a pod has no config folder, and a bundler takes JSON in. */
export function shippedProfilePages(): Page[] {
  const documents = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => parseAllDocuments(readFileSync(path.join(FOLDER, name), 'utf8')))
    .map((document): unknown => document.toJS());
  const text = `${JSON.stringify(documents, null, 2)}\n`;
  return [{ path: 'operators/api/profiles/shipped-profiles.json', text }];
}
