import {
  API_VERSION,
  datasetKind,
  dataZoneKind,
  placementKind,
  topologyKind,
  type Kind,
  type Placement,
  type TopologyStatus,
} from '../../operators/api/index.ts';
import { parseExample } from '../../operators/api/kinds/examples/example.ts';
import { OPERATOR } from '../../operators/api/layout/identities.ts';
import { SYSTEM_NAMESPACE } from '../../operators/api/layout/namespaces.ts';
import { leaseType, resourceTypeOf } from '../../operators/runtime/index.ts';
import { directWire } from '../../operators/runtime/testing/memory-api/direct-wire.ts';
import { MemoryApiServer } from '../../operators/runtime/testing/memory-api/memory-api-server.ts';
import { MemoryClient } from '../../operators/runtime/testing/memory-api/memory-client.ts';
import type { CentreSession, OpenSession } from '../centres/centre-session.ts';
import type { CentreAccess } from '../centres/find-centres.ts';

const NOW = Date.parse('2026-11-23T04:00:00Z');
const CENTRES = ['production', 'local-dr', 'remote-dr'];

const condition = (type: string, message = '') => ({
  type,
  status: 'True' as const,
  observedGeneration: 1,
  lastTransitionTime: '2026-11-23T03:00:00Z',
  reason: 'Tested',
  message,
});

/** A centre whose API server is in memory: everything is fine in it until a test says otherwise. */
export class CentreInMemory {
  readonly name: string;
  readonly server: MemoryApiServer;

  constructor(name: string) {
    this.name = name;
    this.server = new MemoryApiServer(name, () => NOW);
  }

  get access(): CentreAccess {
    return { name: this.name, context: `lab-${this.name}`, kubeconfig: '/nowhere' };
  }

  get session(): CentreSession {
    return {
      client: new MemoryClient(this.server, directWire),
      send: () => Promise.reject(new Error('not in memory')),
      close: () => Promise.resolve(),
    };
  }

  /** The topology of the examples, with every peer reached and agreed with. */
  topology(status: TopologyStatus = {}): this {
    const since = '2026-11-23T03:00:00Z';
    return this.#have(topologyKind, {
      conditions: [condition('Ready')],
      centre: this.name,
      peers: CENTRES.filter((name) => name !== this.name).map((name) => ({
        name,
        reachability: { state: 'Reachable', since, reason: 'Answers' },
        roundTrip: '12ms',
        clockOffset: { least: -20, most: 80 },
        agreement: { state: 'Agrees', since, reason: 'SameDigest' },
      })),
      ...status,
    });
  }

  /** A lease of its operator. @param age how long ago it was renewed, in seconds */
  operator(age = 1): this {
    this.server.create(leaseType, {
      apiVersion: leaseType.apiVersion,
      kind: leaseType.kind,
      metadata: { name: OPERATOR, namespace: SYSTEM_NAMESPACE },
      spec: {
        holderIdentity: 'pod',
        leaseDurationSeconds: 15,
        renewTime: new Date(NOW - age * 1_000).toISOString(),
      },
    });
    return this;
  }

  /** The placement of the examples. */
  placement(spec: Partial<Placement['spec']> = {}): this {
    return this.#have(placementKind, { conditions: [condition('AsDesigned')] }, spec);
  }

  /** The dataset of the examples, in the protection group of the placement. */
  dataset(phase: string): this {
    const { metadata, spec } = parseExample(placementKind);
    const { namespace } = metadata as { namespace: string }; // every example has both
    const { group } = spec as { group: string };
    const status = { phase, observedGeneration: 1, conditions: [condition('Protected', `it is ${phase}`)] };
    return this.#have(datasetKind, status, { protectionGroup: group, class: 'important' }, { namespace });
  }

  /** The zone of the examples. @param uncovered names of claims that no Dataset names */
  zone(uncovered: readonly string[] = []): this {
    return this.#have(dataZoneKind, {
      coverage: {
        workloads: 1,
        uncoveredWorkloads: 0,
        claims: 5,
        uncoveredClaims: uncovered.length,
        stateless: 0,
        uncovered: uncovered.map((name) => ({ kind: 'PersistentVolumeClaim', namespace: 'tax', name })),
      },
    });
  }

  #have(kind: Kind, status: unknown, spec: object = {}, metadata: object = {}): this {
    const example = parseExample(kind);
    this.server.create(resourceTypeOf(kind), {
      apiVersion: API_VERSION,
      kind: kind.kind,
      // Every example has a name, and a mapping as its spec.
      metadata: { ...(example['metadata'] as { name: string }), ...metadata },
      spec: { ...(example['spec'] as object), ...spec },
      status,
    });
    return this;
  }
}

/** Three centres in which everything is fine. */
export function threeCentres(): [CentreInMemory, CentreInMemory, CentreInMemory] {
  const make = (name: string): CentreInMemory =>
    new CentreInMemory(name).topology().operator().placement().dataset('Protected').zone();
  return [make('production'), make('local-dr'), make('remote-dr')];
}

/** Opens sessions with centres in memory; those not given never answer. */
export function openInMemory(centres: readonly CentreInMemory[]): OpenSession {
  return ({ name }) => {
    const found = centres.find((centre) => centre.name === name);
    if (found !== undefined) return found.session;
    const silent = new CentreInMemory(name);
    const client = new MemoryClient(silent.server, {
      ...directWire,
      exchange: () => new Promise<never>(() => undefined),
    });
    return { ...silent.session, client };
  };
}
