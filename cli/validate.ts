import path from 'node:path';
import { formatFindings } from '../operators/api/site/format-findings.ts';
import { loadSite } from '../operators/api/site/load-site.ts';
import { EXIT_CODES } from './exit-code.ts';
import type { Report } from './frame/command-frame.ts';

/**
 * Judges all documents of a site's folder together. For people: one line per finding, its file as seen from here, so that
 * terminals and editors can jump there. As data the files are as seen from the site's folder.
 */
export async function validate(folder: string): Promise<Report> {
  const { model, findings } = await loadSite(folder);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const fromHere = findings.map((finding) => ({
    ...finding,
    place: { ...finding.place, file: path.join(folder, finding.place.file) },
  }));
  return {
    data: {
      directory: path.resolve(folder),
      site: model?.name ?? null,
      errors,
      warnings: findings.length - errors,
      findings,
    },
    text: () => `${formatFindings(fromHere)}\n`,
    exitCode: errors === 0 ? EXIT_CODES.fine : EXIT_CODES.findings,
  };
}
