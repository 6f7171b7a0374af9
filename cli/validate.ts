import path from 'node:path';
import { formatFindings } from '../operators/api/site/format-findings.ts';
import { loadSite } from '../operators/api/site/load-site.ts';
import { EXIT_CODES } from './exit-code.ts';

/** Forms in which findings are printed. */
export const OUTPUT_FORMATS = ['text', 'json'] as const;

/** What `zaibei validate` prints, and how it ends. */
export interface Validation {
  /** For stdout, with a final newline. */
  readonly output: string;
  readonly exitCode: number;
}

/**
 * Judges all documents of a site's folder together.
 * @param format `text` has one line per finding, its file as seen from here, so that terminals and editors can jump there;
 *   `json` has the findings as data, their files as seen from the site's folder
 */
export async function validate(folder: string, format: (typeof OUTPUT_FORMATS)[number]): Promise<Validation> {
  const { model, findings } = await loadSite(folder);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const exitCode = errors === 0 ? EXIT_CODES.fine : EXIT_CODES.findings;
  if (format === 'json') {
    const report = {
      directory: path.resolve(folder),
      site: model?.name ?? null,
      errors,
      warnings: findings.length - errors,
      findings,
    };
    return { output: `${JSON.stringify(report, undefined, 2)}\n`, exitCode };
  }
  const fromHere = findings.map((finding) => ({
    ...finding,
    place: { ...finding.place, file: path.join(folder, finding.place.file) },
  }));
  return { output: `${formatFindings(fromHere)}\n`, exitCode };
}
