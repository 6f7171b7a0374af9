import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments, type Document } from 'yaml';
import { readProfileLibrary } from '../../profiles/profile-library.ts';
import type { Finding } from '../../site/finding.ts';
import { judgeSite } from '../../site/judge-site.ts';
import type { SiteFile } from '../../site/read-documents.ts';

/** A change of one document of the site or of a profile: `DataZone province`, as findings name it without the namespace. */
export type Change = (documents: Map<string, Document>) => void;

/** Sets a field, named as in findings but with dots only: `spec.centres.0.role`. */
export function set(document: string, field: string, value: unknown): Change {
  return (documents) => {
    require(documents, document).setIn(steps(field), value);
  };
}

/** Removes a field. */
export function remove(document: string, field: string): Change {
  return (documents) => {
    require(documents, document).deleteIn(steps(field));
  };
}

/** Adds an entry to a list. */
export function append(document: string, field: string, value: unknown): Change {
  return (documents) => {
    const found = require(documents, document);
    found.addIn(steps(field), found.createNode(value));
  };
}

/** Adds a document that is a copy of another, with another name. */
export function copy(document: string, name: string): Change {
  return (documents) => {
    const copied = require(documents, document).clone();
    copied.setIn(['metadata', 'name'], name);
    documents.set(`${document.split(' ')[0] ?? ''} ${name}`, copied);
  };
}

/** Removes a whole document. */
export function drop(document: string): Change {
  return (documents) => {
    require(documents, document);
    documents.delete(document);
  };
}

/** The findings about the example site after the changes. The profiles are those that are shipped; it is 22 November 2026. */
export function findingsOf(...changes: readonly Change[]): readonly Finding[] {
  const documents = new Map(
    [EXAMPLE, ...PROFILES]
      .flatMap((file): Document[] => [...parseAllDocuments(readFileSync(file, 'utf8'))])
      .map((document) => [nameOf(document), document]),
  );
  for (const change of changes) change(documents);
  const written = [...documents].map(([name, document]) => ({
    ofProfile: /^(PolicyProfile|ClassifiedProtection) /.test(name),
    text: document.toString({ directives: true }),
  }));
  const file = (ofProfile: boolean): SiteFile => ({
    path: ofProfile ? 'profiles.yaml' : 'site.yaml',
    text: written
      .filter((document) => document.ofProfile === ofProfile)
      .map(({ text }) => text)
      .join(''),
  });
  const { findings } = judgeSite(
    { directory: import.meta.dirname, files: [file(false)], findings: [] },
    { library: readProfileLibrary([file(true)]), now: new Date('2026-11-22T08:00:00Z') },
  );
  return findings;
}

/** {@link findingsOf} as people read them, without the places: `error ZB-TOP-001 Topology example, spec.centres: found …`. */
export function judge(...changes: readonly Change[]): string[] {
  return findingsOf(...changes).map(({ severity, code, subject, field, message }) => {
    const about = [subject, field].filter((part) => part !== '').join(', ');
    return `${severity} ${code} ${about}: ${message}`;
  });
}

const EXAMPLE = path.join(import.meta.dirname, 'example-site.yaml');

const PROFILES = ['fujian-2023', 'hebei-2023', 'classified-protection'].map((name) =>
  path.resolve(import.meta.dirname, `../../../../config/profiles/${name}.yaml`),
);

function nameOf(document: Document): string {
  return `${String(document.get('kind'))} ${String(document.getIn(['metadata', 'name']))}`;
}

function require(documents: Map<string, Document>, name: string): Document {
  const document = documents.get(name);
  if (document === undefined)
    throw new Error(`the example has no ${name}; it has ${[...documents.keys()].join(', ')}`);
  return document;
}

function steps(field: string): (string | number)[] {
  return field.split('.').map((step) => (/^[0-9]+$/.test(step) ? Number(step) : step));
}
