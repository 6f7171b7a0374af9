import {
  backupStoreKind,
  dataZoneKind,
  datasetKind,
  protectionPolicyKind,
  topologyKind,
  type BackupStore,
  type Dataset,
  type DataZone,
  type Kind,
  type ProtectionPolicy,
  type Resource,
  type Topology,
} from '../../api/index.ts';
import type { ShippedProfiles } from '../../api/profiles/shipped-profiles.ts';
import type { FactName, SiteFacts } from '../../api/rules/rule.ts';
import {
  compareKeys,
  resourceTypeOf,
  trigger,
  type Live,
  type ObjectKey,
  type Reader,
  type SharedReaders,
  type Trigger,
} from '../../runtime/index.ts';
import { specChanges } from './notable-changes.ts';
import { understand } from './understand.ts';

/** Index of datasets. */
const BY_NAMESPACE = 'protection/dataset-namespace';

/** Documents of a kind as they stand in this centre. */
export class Documents<R extends Resource> {
  readonly reader: Reader<Live<R>>;
  readonly #kind: Kind;

  /** @param reader of objects of exactly that kind */
  constructor(kind: Kind, reader: Reader<Live<R>>) {
    this.#kind = kind;
    this.reader = reader;
  }

  /** Those that are understood, by namespace and name: whatever depends on their order is the same in every centre. */
  all(): R[] {
    return this.inNoOrder().sort(compareKeys);
  }

  /** The same where there are many, and their order is nobody's concern. */
  inNoOrder(): R[] {
    return this.#understood([...this.reader.all()]);
  }

  /** Those of an index value, in no order. */
  having(index: string, value: string): R[] {
    return this.#understood(this.reader.having(index, value));
  }

  /** A trigger by what people change in them; statuses are no reason. @param keys that a changed document concerns */
  changes(keys: (document: Live<R>) => Iterable<ObjectKey>): Trigger {
    return trigger(specChanges(this.reader), keys);
  }

  /** Whether one of them is not understood: what is not among {@link all} may still be meant. */
  get incomplete(): boolean {
    return [...this.reader.all()].some((object) => understand(this.#kind, object) === undefined);
  }

  #understood(objects: readonly Live<R>[]): R[] {
    return objects
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
      .flatMap((object) => understand(this.#kind, object) ?? []);
  }
}

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
