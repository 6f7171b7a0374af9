import type { z } from 'zod';
import { valueAt } from '../site/field-path.ts';
import { documentFinding, DOCUMENT_RULES } from '../site/document-rules.ts';
import { SITE_FOLDER, type Finding } from '../site/finding.ts';
import { parseDocument } from '../site/parse-document.ts';
import { readDocuments, type SiteFile } from '../site/read-documents.ts';
import { classifiedProtectionSchema, type ClassifiedProtection } from './classified-protection.ts';
import { policyProfileSchema, type PolicyProfile } from './policy-profile.ts';
import { recoveryLevelsSchema, type RecoveryLevels } from './recovery-levels.ts';

/** What sites are judged by: policy texts and standards as data, each value with its source. */
export interface ProfileLibrary {
  readonly profiles: readonly PolicyProfile[];
  readonly classifiedProtection?: ClassifiedProtection;
  readonly recoveryLevels?: RecoveryLevels;
  /** What is wrong with the library itself. */
  readonly findings: readonly Finding[];
}

/** Reads the library of its files; a pure function. Kinds that no profile has, and a table that stands twice, are findings. */
export function readProfileLibrary(files: readonly SiteFile[]): ProfileLibrary {
  const read = files.map(readDocuments);
  const findings = read.flatMap((file) => file.findings);
  const sources = read.flatMap((file) => file.documents);

  function parse<T>(kind: string, schema: z.ZodType<T>): T[] {
    const parsed = sources
      .filter((source) => valueAt(source.content, ['kind']) === kind)
      .map((source) => parseDocument(source, schema));
    findings.push(...parsed.flatMap((document) => document.findings));
    return parsed.flatMap((document) => ('value' in document ? [document.value] : []));
  }

  const profiles = parse('PolicyProfile', policyProfileSchema);
  const [classifiedProtection] = parse('ClassifiedProtection', classifiedProtectionSchema);
  const [recoveryLevels] = parse('RecoveryLevels', recoveryLevelsSchema);
  for (const source of sources.filter(({ content }) => !KINDS.includes(String(valueAt(content, ['kind']))))) {
    const message = `found a document of another kind; the profiles are ${KINDS.join(', ')}`;
    findings.push(
      documentFinding(DOCUMENT_RULES.kind, source.placeOf(['kind']), { subject: source.subject }, message),
    );
  }
  if (classifiedProtection === undefined && findings.length === 0) {
    const message = 'found no ClassifiedProtection among the profiles';
    findings.push(documentFinding(DOCUMENT_RULES.missing, SITE_FOLDER, { subject: 'profiles' }, message));
  }
  return {
    profiles,
    ...(classifiedProtection === undefined ? {} : { classifiedProtection }),
    ...(recoveryLevels === undefined ? {} : { recoveryLevels }),
    findings,
  };
}

const KINDS: readonly string[] = ['PolicyProfile', 'ClassifiedProtection', 'RecoveryLevels'];
