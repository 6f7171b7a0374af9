import type { z } from 'zod';
import { backupStoreKind, type BackupStore } from '../kinds/backup-store.ts';
import { dataZoneKind, type DataZone } from '../kinds/data-zone.ts';
import { datasetKind, type Dataset } from '../kinds/dataset.ts';
import type { Resource } from '../kinds/kind.ts';
import { protectionPolicyKind, type ProtectionPolicy } from '../kinds/protection-policy.ts';
import { siteSchema, type Site } from '../kinds/site.ts';
import { topologyKind, type Topology } from '../kinds/topology.ts';
import type { Finding } from './finding.ts';
import { identifyDocuments } from './identify-documents.ts';
import { parseDocument } from './parse-document.ts';
import type { SourceDocument } from './source-document.ts';

/** The documents of a site that have the right shape, by kind, in the order of the files. */
export interface SiteDocuments {
  readonly sites: readonly Site[];
  readonly topologies: readonly Topology[];
  readonly zones: readonly DataZone[];
  readonly policies: readonly ProtectionPolicy[];
  readonly datasets: readonly Dataset[];
  readonly stores: readonly BackupStore[];
}

/** What was understood of a site's documents, and what is wrong with the rest. */
export interface UnderstoodDocuments {
  readonly documents: SiteDocuments;
  /** Kinds of which at least one document could not be understood: what is not among `documents` may still be meant. */
  readonly incomplete: ReadonlySet<keyof SiteDocuments>;
  /** Where each document was written. */
  readonly sources: ReadonlyMap<Resource, SourceDocument>;
  readonly findings: readonly Finding[];
}

/** Holds every document against the schema of its kind. */
export function understandDocuments(written: readonly SourceDocument[]): UnderstoodDocuments {
  const identified = identifyDocuments(written);
  const findings = [...identified.findings];
  const sources = new Map<Resource, SourceDocument>();
  const incomplete = new Set<keyof SiteDocuments>();

  function parse<T extends Resource>(field: keyof SiteDocuments, kind: string, schema: z.ZodType<T>): T[] {
    if (identified.incomplete.has(kind)) incomplete.add(field);
    return (identified.byKind.get(kind) ?? []).flatMap((source) => {
      const parsed = parseDocument(source, schema);
      findings.push(...parsed.findings);
      if (!('value' in parsed)) {
        incomplete.add(field);
        return [];
      }
      sources.set(parsed.value, source);
      return [parsed.value];
    });
  }

  const documents: SiteDocuments = {
    sites: parse('sites', 'Site', siteSchema),
    topologies: parse('topologies', 'Topology', topologyKind.schema),
    zones: parse('zones', 'DataZone', dataZoneKind.schema),
    policies: parse('policies', 'ProtectionPolicy', protectionPolicyKind.schema),
    datasets: parse('datasets', 'Dataset', datasetKind.schema),
    stores: parse('stores', 'BackupStore', backupStoreKind.schema),
  };
  return { documents, incomplete, sources, findings };
}
