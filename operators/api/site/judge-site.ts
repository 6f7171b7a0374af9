import type { Site } from '../kinds/site.ts';
import type { Topology } from '../kinds/topology.ts';
import { documentFinding, DOCUMENT_RULES } from './document-rules.ts';
import { compareFindings, SITE_FOLDER, type Finding } from './finding.ts';
import { judgeMeaning, type Standards } from './judge-meaning.ts';
import { readDocuments } from './read-documents.ts';
import type { Folder } from './read-folder.ts';
import { understandDocuments, type UnderstoodDocuments } from './site-documents.ts';
import type { SiteModel } from './site-model.ts';

/** A judged site: the model when there is no error, and all findings, sorted by place. */
export interface JudgedSite {
  readonly model?: SiteModel;
  readonly findings: readonly Finding[];
}

/** Judges the documents of a site all together. A pure function; `loadSite` reads the files for it. */
export function judgeSite(folder: Folder, standards: Standards): JudgedSite {
  const read = folder.files.map(readDocuments);
  const unreadable = [
    ...folder.findings,
    ...standards.library.findings,
    ...read.flatMap(({ findings }) => findings),
  ];
  const understood = understandDocuments(read.flatMap(({ documents }) => documents));
  // A file that cannot be read may hold anything: nothing is then said to be missing.
  const complete = unreadable.length === 0;
  const findings = [
    ...unreadable,
    ...understood.findings,
    ...(complete ? findAbsent(understood) : []),
    ...judgeMeaning(understood, standards, complete),
  ].sort(compareFindings);
  const { sites, topologies, ...rest } = understood.documents;
  const [site] = sites;
  const [topology] = topologies;
  if (site === undefined || topology === undefined) return { findings };
  if (findings.some((finding) => finding.severity === 'error')) return { findings };
  return {
    findings,
    model: { name: site.metadata.name, directory: folder.directory, site, topology, ...rest },
  };
}

/** A site has exactly one Site and one Topology. */
function findAbsent({ documents, incomplete, sources }: UnderstoodDocuments): Finding[] {
  const one = (kind: string, field: 'sites' | 'topologies', remedy: string): Finding[] => {
    const found: readonly (Site | Topology)[] = documents[field];
    const subject = { subject: kind };
    if (found.length === 0) {
      if (incomplete.has(field)) return [];
      const message = `found no ${kind} in the folder; a site has exactly one`;
      return [documentFinding(DOCUMENT_RULES.missing, SITE_FOLDER, subject, message, remedy)];
    }
    return found.slice(1).flatMap((document) => {
      const source = sources.get(document);
      if (source === undefined) return [];
      const message = `found ${found.length} ${kind} documents; a site has exactly one`;
      const place = source.placeOf(['metadata', 'name']);
      return [
        documentFinding(
          DOCUMENT_RULES.missing,
          place,
          { subject: source.subject },
          message,
          'remove the others',
        ),
      ];
    });
  };
  return [
    ...one('Site', 'sites', 'write a site.yaml; config/lab/site.yaml shows one'),
    ...one('Topology', 'topologies', 'write a topology.yaml; config/lab/topology.yaml shows one'),
  ];
}
