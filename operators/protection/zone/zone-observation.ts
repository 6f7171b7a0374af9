import { dataZoneKind, type DataZone } from '../../api/index.ts';
import { LABELS } from '../../api/layout/labels.ts';
import {
  trigger,
  type ApiObject,
  type Live,
  type ObjectKey,
  type Reader,
  type SharedReaders,
  type Trigger,
} from '../../runtime/index.ts';
import type { DesiredState } from '../facts/desired-state.ts';
import { notableChanges } from '../facts/notable-changes.ts';
import { understand } from '../facts/understand.ts';
import {
  CLAIMS,
  DEPLOYMENTS,
  NAMESPACES,
  NETWORK_POLICIES,
  QUOTAS,
  STATEFUL_SETS,
} from './observed-kinds.ts';
import { BY_NAMESPACE, BY_ZONE, namespacesOf, type ZoneFacts } from './zone-facts.ts';

/** Index of zones: the namespaces of their tenants. */
const BY_TENANT = 'protection/tenant-namespace';

/** What there is in this centre, and which zones a change of it concerns. */
export class ZoneObservation {
  readonly facts: ZoneFacts;
  readonly #state: DesiredState;

  constructor(readers: SharedReaders, state: DesiredState) {
    const byNamespace = <T extends ApiObject>(reader: Reader<T>): Reader<T> => {
      reader.index(BY_NAMESPACE, ({ metadata }) => [metadata.namespace ?? '']);
      return reader;
    };
    const namespaces = readers.of(NAMESPACES);
    namespaces.index(BY_ZONE, ({ metadata }) => zoneLabel(metadata));
    state.zones.reader.index(BY_TENANT, (zone) => {
      const document = understand<DataZone>(dataZoneKind, zone);
      return document === undefined ? [] : namespacesOf(document);
    });
    this.#state = state;
    this.facts = {
      namespaces,
      quotas: byNamespace(readers.of(QUOTAS)),
      networkPolicies: byNamespace(readers.of(NETWORK_POLICIES)),
      claims: byNamespace(readers.of(CLAIMS)),
      statefulSets: byNamespace(readers.of(STATEFUL_SETS)),
      deployments: byNamespace(readers.of(DEPLOYMENTS)),
      datasetsIn: (namespace) => state.datasetsIn(namespace),
    };
  }

  /** Whatever changes what is told of a zone. That a workload became ready does not. */
  get triggers(): Trigger[] {
    const { namespaces, quotas, networkPolicies, claims, statefulSets, deployments } = this.facts;
    const inZone = ({ metadata }: Pick<Live<DataZone>, 'metadata'>): ObjectKey[] =>
      this.#zonesWith(metadata.namespace ?? '');
    return [
      trigger(notableChanges(namespaces, contents), ({ metadata }) => [
        ...this.#zonesWith(metadata.name),
        ...zoneLabel(metadata),
      ]),
      ...[quotas, networkPolicies, claims, statefulSets, deployments].map((reader: Reader<ApiObject>) =>
        trigger(notableChanges(reader, contents), inZone),
      ),
      this.#state.datasets.changes(inZone),
    ];
  }

  #zonesWith(namespace: string): ObjectKey[] {
    return this.#state.zones.reader.having(BY_TENANT, namespace).map(({ metadata }) => metadata.name);
  }
}

function zoneLabel({ labels }: ApiObject['metadata']): string[] {
  const zone = labels?.[LABELS.zone];
  return zone === undefined ? [] : [zone];
}

/** What is kept of an object, but for its version: that changes with every write, also of what is not kept. */
function contents({ metadata: { labels, deletionTimestamp }, ...fields }: ApiObject): string {
  return JSON.stringify([labels, deletionTimestamp !== undefined, fields]);
}
