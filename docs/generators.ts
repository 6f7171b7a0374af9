import { apiReferencePages } from './api-reference.ts';
import { metricsPages } from './metrics-reference.ts';
import type { Page } from './page.ts';
import { policyLinePages } from './policy-lines.ts';
import { rulePages } from './rules.ts';
import { shippedProfilePages } from './shipped-profiles.ts';

/** What makes pages from code. Add one, and `npm run generate` writes its pages and the tests see that they are current. */
export interface Generator {
  readonly name: string;
  /** Folder in which every page is its own: others that lie there are left over from kinds that are no more. */
  readonly folder?: string;
  readonly pages: () => Page[] | Promise<Page[]>;
}

/** Everything that is generated. */
export const GENERATORS: readonly Generator[] = [
  { name: 'API reference', folder: 'docs/reference/api', pages: apiReferencePages },
  { name: 'list of rules', pages: rulePages },
  { name: 'metrics', pages: metricsPages },
  { name: 'policy lines', pages: policyLinePages },
  { name: 'profiles in the program', pages: shippedProfilePages },
];
