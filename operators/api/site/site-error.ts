import type { Finding } from './finding.ts';
import { formatFindings } from './format-findings.ts';

/** A site that cannot be used. The message lists every finding, so that all can be mended in one go. */
export class SiteError extends Error {
  readonly code = 'ZB-SITE-001';
  /** Folder of the site. */
  readonly directory: string;
  /** All findings, warnings too. */
  readonly findings: readonly Finding[];

  constructor(directory: string, findings: readonly Finding[]) {
    super(`the site in ${directory} cannot be used:\n${formatFindings(findings)}`);
    this.name = 'SiteError';
    this.directory = directory;
    this.findings = findings;
  }
}
