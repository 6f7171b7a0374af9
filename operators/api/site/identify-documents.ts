import { KINDS } from '../kinds/registry.ts';
import { documentFinding, DOCUMENT_RULES } from './document-rules.ts';
import { valueAt } from './field-path.ts';
import type { Finding } from './finding.ts';
import { listChoices, showValue } from './found-value.ts';
import { didYouMean, nearestName } from './nearest-name.ts';
import type { SourceDocument } from './source-document.ts';

/** Kinds of which people write documents into a site's folder. */
const WRITTEN_KINDS = [
  'Site',
  ...KINDS.filter((kind) => kind.writtenBy === 'config').map((kind) => kind.kind),
];

/** The documents of a folder by kind, each once. */
export interface IdentifiedDocuments {
  /** Source documents by the kind that they name, in the order of the files. */
  readonly byKind: ReadonlyMap<string, readonly SourceDocument[]>;
  /** Kinds of which a document may be missing from `byKind`, because its kind is misspelt or it stands twice. */
  readonly incomplete: ReadonlySet<string>;
  readonly findings: readonly Finding[];
}

/** Sorts documents by kind and refuses those of no kind that people write, and those that exist already. */
export function identifyDocuments(documents: readonly SourceDocument[]): IdentifiedDocuments {
  const byKind = new Map<string, SourceDocument[]>(WRITTEN_KINDS.map((kind) => [kind, []]));
  const incomplete = new Set<string>();
  const findings: Finding[] = [];
  const firsts = new Map<string, SourceDocument>();
  for (const document of documents) {
    const kind = valueAt(document.content, ['kind']);
    const known = typeof kind === 'string' ? byKind.get(kind) : undefined;
    if (known === undefined) {
      findings.push(refuseKind(document, kind));
      const meant = typeof kind === 'string' ? nearestName(kind, WRITTEN_KINDS) : undefined;
      if (meant !== undefined) incomplete.add(meant);
      continue;
    }
    const identity = JSON.stringify([
      kind,
      valueAt(document.content, ['metadata', 'namespace']),
      valueAt(document.content, ['metadata', 'name']),
    ]);
    const first = firsts.get(identity);
    if (first === undefined) {
      firsts.set(identity, document);
      known.push(document);
    } else {
      findings.push(refuseDouble(document, first));
    }
  }
  return { byKind, incomplete, findings };
}

function refuseKind(document: SourceDocument, kind: unknown): Finding {
  const about = { subject: document.subject, field: 'kind' };
  if (typeof document.content !== 'object' || document.content === null || Array.isArray(document.content)) {
    const message = 'found no mapping; a document has apiVersion, kind, metadata and spec';
    return documentFinding(
      DOCUMENT_RULES.mapping,
      document.placeOf([]),
      { subject: document.subject },
      message,
    );
  }
  if (kind === undefined) {
    const message = `required, and missing; use ${listChoices(WRITTEN_KINDS)}`;
    return documentFinding(DOCUMENT_RULES.mapping, document.placeOf([]), about, message);
  }
  const place = document.placeOf(['kind']);
  const operatorKind = KINDS.find((candidate) => candidate.kind === kind);
  if (operatorKind !== undefined) {
    const message = `found ${showValue(kind)}, which the operator alone writes; use ${listChoices(WRITTEN_KINDS)}`;
    return documentFinding(DOCUMENT_RULES.kind, place, about, message, 'remove the document');
  }
  const message = `found ${showValue(kind)}; use ${listChoices(WRITTEN_KINDS)}`;
  const remedy = typeof kind === 'string' ? didYouMean(kind, WRITTEN_KINDS) : undefined;
  return documentFinding(DOCUMENT_RULES.kind, place, about, message, remedy);
}

function refuseDouble(document: SourceDocument, first: SourceDocument): Finding {
  const { file, line } = first.placeOf(['metadata', 'name']);
  return documentFinding(
    DOCUMENT_RULES.duplicate,
    document.placeOf(['metadata', 'name']),
    { subject: document.subject, field: 'metadata.name' },
    `exists already, at ${file}:${line}; kind, namespace and name together are used once`,
    'rename or remove one of the two',
  );
}
