import type { ProfileLibrary } from '../profiles/profile-library.ts';
import { applyRules } from '../rules/apply-rules.ts';
import { RULES } from '../rules/rule-table.ts';
import type { FactName, SiteFacts } from '../rules/rule.ts';
import { SITE_FOLDER, type Finding } from './finding.ts';
import type { UnderstoodDocuments } from './site-documents.ts';

/** What a site is judged by. */
export interface Standards {
  readonly library: ProfileLibrary;
  /** The present, for what expires. */
  readonly now: Date;
}

const DOCUMENT_FACTS = ['topology', 'zones', 'policies', 'datasets', 'stores'] as const;

/**
 * Holds the documents of a site against all rules of meaning.
 * @param complete whether every file could be read; what is in another may be what a rule would miss
 */
export function judgeMeaning(
  understood: UnderstoodDocuments,
  standards: Standards,
  complete: boolean,
): Finding[] {
  const { sites, topologies, ...lists } = understood.documents;
  const [site] = sites;
  const [topology] = topologies;
  const { profiles, classifiedProtection } = standards.library;
  const profile = profiles.find(({ metadata }) => metadata.name === topology?.spec.profile);
  const incomplete = new Set<FactName>(
    DOCUMENT_FACTS.filter(
      (fact) => !complete || understood.incomplete.has(fact === 'topology' ? 'topologies' : fact),
    ),
  );
  const facts: Partial<SiteFacts> = {
    ...lists,
    ...(site && { site }),
    ...(topology && { topology }),
    ...(profile && { profile }),
    ...(classifiedProtection && { classifiedProtection }),
    profileNames: profiles.map(({ metadata }) => metadata.name),
    now: standards.now,
  };
  return applyRules(RULES, facts, incomplete, {
    subjectOf: (document) => understood.sources.get(document)?.subject ?? document.kind,
    placeOf: (document, field) => understood.sources.get(document)?.placeOf(field) ?? SITE_FOLDER,
  });
}
