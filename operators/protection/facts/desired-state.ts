import {
  backupStoreKind,
  dataZoneKind,
  datasetKind,
  protectionPolicyKind,
  topologyKind,
  type BackupStore,
  type Dataset,
  type DataZone,
  type ProtectionPolicy,
  type Topology,
} from '../../api/index.ts';
import type { ShippedProfiles } from '../../api/profiles/shipped-profiles.ts';
import type { FactName, SiteFacts } from '../../api/rules/rule.ts';
import { resourceTypeOf, type SharedReaders } from '../../runtime/index.ts';
import { Documents } from './documents.ts';

/** Index of datasets. */
const BY_NAMESPACE = 'protection/dataset-namespace';

/**
 * What is wanted in this centre: the documents of the site as its API server has them, in the form in which the coded rules
 * judge a site's folder.
 */
export class DesiredState {
  readonly topologies: Documents<Topology>;
  readonly zones: Documents<DataZone>;
  readonly policies: Documents<ProtectionPolicy>;
  readonly stores: Documents<BackupStore>;
  readonly datasets: Documents<Dataset>;
  readonly standards: ShippedProfiles;

  constructor(readers: SharedReaders, standards: ShippedProfiles) {
    this.topologies = new Documents(topologyKind, readers.of(resourceTypeOf(topologyKind)));
    this.zones = new Documents(dataZoneKind, readers.of(resourceTypeOf(dataZoneKind)));
    this.policies = new Documents(protectionPolicyKind, readers.of(resourceTypeOf(protectionPolicyKind)));
    this.stores = new Documents(backupStoreKind, readers.of(resourceTypeOf(backupStoreKind)));
    this.datasets = new Documents(datasetKind, readers.of(resourceTypeOf(datasetKind)));
    this.standards = standards;
    this.datasets.reader.index(BY_NAMESPACE, ({ metadata }) => [metadata.namespace ?? '']);
  }

  /** The topology: a site has exactly one, so of several none is believed. */
  get topology(): Topology | undefined {
    const all = this.topologies.all();
    return all.length === 1 ? all[0] : undefined;
  }

  /** The datasets of a tenant. */
  datasetsIn(namespace: string): Dataset[] {
    return this.datasets.having(BY_NAMESPACE, namespace);
  }

  /** Everything but the datasets, of which there are many: whoever needs them adds those that it needs. */
  facts(now: number): Partial<Omit<SiteFacts, 'datasets'>> {
    const { profiles, classifiedProtection } = this.standards;
    const { topology } = this;
    const profile = profiles.find(({ metadata }) => metadata.name === topology?.spec.profile);
    return {
      ...(topology && { topology }),
      ...(profile && { profile }),
      zones: this.zones.all(),
      policies: this.policies.all(),
      stores: this.stores.all(),
      classifiedProtection,
      profileNames: profiles.map(({ metadata }) => metadata.name),
      now: new Date(now),
    };
  }

  /** Facts of which a document is not understood: rules that look things up in them are passed over. */
  incomplete(facts: readonly DocumentFact[]): Set<FactName> {
    return new Set(facts.filter((fact) => this[fact].incomplete));
  }
}

/** Facts that are lists of documents. */
type DocumentFact = 'zones' | 'policies' | 'stores' | 'datasets';
