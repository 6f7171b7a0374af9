import { isScalar, LineCounter, parseAllDocuments, visit, type Document } from 'yaml';
import { documentFinding, DOCUMENT_RULES } from './document-rules.ts';
import type { Finding, Place } from './finding.ts';
import { SourceDocument } from './source-document.ts';

/** A file of a site as read from disk. */
export interface SiteFile {
  /** Path below the site's folder, with `/`: `zones/province.yaml`. */
  readonly path: string;
  readonly text: string;
}

/** What a file holds, and what is wrong with it as YAML. */
export interface ReadDocuments {
  readonly documents: readonly SourceDocument[];
  readonly findings: readonly Finding[];
}

/** Splits a file into its documents. A document that is not sound YAML is left out and has findings instead; empty ones are left out. */
export function readDocuments({ path, text }: SiteFile): ReadDocuments {
  const lines = new LineCounter();
  const subject = { subject: path };
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file: path, line, column: col };
  };
  const documents: SourceDocument[] = [];
  const findings: Finding[] = [];
  for (const document of parseText(text, lines)) {
    const problems = [
      ...document.errors.map((problem) =>
        documentFinding(
          DOCUMENT_RULES.syntax,
          placeAt(problem.pos[0]),
          subject,
          MESSAGES[problem.code] ?? lowerFirst(problem.message),
          REMEDIES[problem.code],
        ),
      ),
      ...findConstructs(document, path, placeAt),
    ];
    findings.push(...problems);
    if (problems.length === 0 && document.contents !== null && !isEmpty(document)) {
      documents.push(new SourceDocument(path, document, lines));
    }
  }
  return { documents, findings };
}

/** What to do about the mistakes that people make most; keys are the parser's own codes. */
const REMEDIES: Readonly<Partial<Record<string, string>>> = {
  TAB_AS_INDENT: 'indent with spaces',
  BAD_INDENT: 'indent the keys of one mapping alike',
  MULTILINE_IMPLICIT_KEY: 'close the quotes or brackets that were opened before, and write "key: value"',
};

/** What says more than the parser's own words. */
const MESSAGES: Readonly<Partial<Record<string, string>>> = {
  RESOURCE_EXHAUSTION: 'nested too deeply',
};

function parseText(text: string, lineCounter: LineCounter): Document.Parsed[] {
  // Duplicate keys are looked for below, where both places are known.
  const parsed = parseAllDocuments(text, { lineCounter, uniqueKeys: false, prettyErrors: false });
  return Array.isArray(parsed) ? parsed : [];
}

/** Numbers and booleans may stand for the text that they were written as: `5432: database`. */
function isText(key: unknown): key is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof key);
}

function isEmpty(document: Document.Parsed): boolean {
  return isScalar(document.contents) && document.contents.value === null;
}

/** Duplicate keys, tags, aliases (which can be made to grow without end), and keys that are not text or would be lost. */
function findConstructs(
  document: Document.Parsed,
  path: string,
  placeAt: (offset: number) => Place,
): Finding[] {
  const findings: Finding[] = [];
  const subject = { subject: path };
  visit(document, {
    Value(_, node) {
      if (node.tag === undefined) return;
      const message = `found the tag ${node.tag}; tags are not used in a site`;
      const remedy = 'write the plain value';
      findings.push(
        documentFinding(DOCUMENT_RULES.construct, placeAt(node.range?.[0] ?? 0), subject, message, remedy),
      );
    },
    Alias(_, alias) {
      findings.push(
        documentFinding(
          DOCUMENT_RULES.construct,
          placeAt(alias.range?.[0] ?? 0),
          subject,
          `found the alias *${alias.source}; aliases are not used in a site`,
          'write the value out where it is needed, so that each document can be read alone',
        ),
      );
    },
    Map(_, map) {
      const seen = new Map<string, number>();
      for (const { key } of map.items) {
        const offset = (isScalar(key) ? key.range?.[0] : map.range?.[0]) ?? 0;
        if (!isScalar(key) || !isText(key.value)) {
          const message = 'found a key that is not text';
          findings.push(documentFinding(DOCUMENT_RULES.construct, placeAt(offset), subject, message));
          continue;
        }
        const name = String(key.value);
        if (name === '__proto__') findings.push(prototypeKey(placeAt(offset), path));
        const first = seen.get(name);
        if (first === undefined) seen.set(name, offset);
        else findings.push(duplicateKey(name, placeAt(first), placeAt(offset), path));
      }
    },
  });
  return findings;
}

/** An entry of this name would be lost without a word when it is copied to an object of JavaScript. */
function prototypeKey(place: Place, path: string): Finding {
  const message = 'found the key "__proto__", which no mapping of a site may have';
  return documentFinding(DOCUMENT_RULES.construct, place, { subject: path }, message, 'use another name');
}

function duplicateKey(name: string, first: Place, second: Place, path: string): Finding {
  return documentFinding(
    DOCUMENT_RULES.duplicateKey,
    second,
    { subject: path },
    `"${name}" stands twice in one mapping, first on line ${first.line}; a key stands once`,
    'remove one, or merge the two',
  );
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
