import { onTestFinished } from 'vitest';
import { API_VERSION, placementKind, topologyKind, type Placement, type Topology } from '../../api/index.ts';
import { parseExample } from '../../api/kinds/examples/example.ts';
import { PEER_KUBECONFIG_KEY, peerSecretName } from '../../api/layout/peer-secret.ts';
import {
  resourceTypeOf,
  type ApiObject,
  type Live,
  type NewObject,
  type ResourceType,
} from '../../runtime/index.ts';
import { MemoryClient } from '../../runtime/testing/memory-api/memory-client.ts';
import { TestOperator, type TestRun } from '../../runtime/testing/test-operator.ts';
import { topologyWith, type TopologyModule } from '../index.ts';
import { Link } from './link.ts';

const secretType: ResourceType = {
  apiVersion: 'v1',
  kind: 'Secret',
  plural: 'secrets',
  scope: 'Namespaced',
  keep: (parsed: ApiObject) => parsed,
};

/** The topology of the examples: production, local-dr, remote-dr. */
export const TOPOLOGY: Topology = topologyKind.schema.parse(parseExample(topologyKind));

/** The roles of the group that examples are about, as the centres of {@link TOPOLOGY} have them before anything was claimed. */
export const PLACEMENT: Placement = placementKind.schema.parse(parseExample(placementKind));

/** One centre of a test: an operator with its module, and the lines to its peers. */
export class TestCentre {
  readonly name: string;
  readonly operator: TestOperator;
  readonly module: TopologyModule;
  readonly links = new Map<string, Link>();

  /** @param operator the first of the centre unless it is given */
  constructor(
    name: string,
    others: ReadonlyMap<string, TestCentre>,
    operator = new TestOperator({ centre: name }),
  ) {
    this.name = name;
    this.operator = operator;
    this.module = topologyWith((peer, source) => {
      const link = new Link(source);
      this.links.set(peer, link);
      const server = others.get(peer)?.operator.server;
      if (server === undefined) throw new RangeError(`there is no centre ${peer}`);
      return { client: new MemoryClient(server, link), close: () => Promise.resolve() };
    })(this.operator.dependencies);
  }

  /** Writes the topology, or another, as a deployment does, and the roles of the example group, as its own operator does. */
  deploy(topology: Pick<Topology, 'metadata' | 'spec'> = TOPOLOGY): void {
    const object: NewObject & { spec: unknown } = {
      apiVersion: API_VERSION,
      kind: topologyKind.kind,
      metadata: { name: topology.metadata.name },
      spec: topology.spec,
    };
    this.operator.have(resourceTypeOf(topologyKind), object);
    this.operator.have(resourceTypeOf(placementKind), PLACEMENT);
  }

  /** Puts the Secret in place by which a peer is read. */
  trust(peer: string, kubeconfig = 'kubeconfig'): void {
    const data = { [PEER_KUBECONFIG_KEY]: Buffer.from(kubeconfig).toString('base64') };
    const metadata = { name: peerSecretName(peer), namespace: 'zaibei-system' };
    const secret: NewObject & { data: unknown } = { apiVersion: 'v1', kind: 'Secret', metadata, data };
    this.operator.have(secretType, secret);
  }

  /** Takes that Secret away. */
  distrust(peer: string): void {
    const { server } = this.operator;
    const secret = server.find(secretType, `zaibei-system/${peerSecretName(peer)}`);
    if (secret !== undefined) server.delete(secretType, secret);
  }

  /** The line to a peer that is followed. */
  link(peer: string): Link {
    const link = this.links.get(peer);
    if (link === undefined) throw new RangeError(`${this.name} does not follow ${peer}`);
    return link;
  }

  /** Runs a controller of the module over one key. */
  run(controller: 'claim' | 'vote', key: string): Promise<TestRun<never>>;
  run(controller: 'topology', key?: string): Promise<TestRun<Topology>>;
  run(controller: string, key = TOPOLOGY.metadata.name): Promise<TestRun<never>> {
    const definition = this.module.controllers.find(({ name }) => name === controller);
    if (definition === undefined) throw new RangeError(controller);
    return this.operator.reconcile(definition, key);
  }

  /** The status of the topology after a run of its controller. */
  async report(): Promise<NonNullable<Live<Topology>['status']>> {
    return (await this.run('topology')).status ?? {};
  }
}

/** Three centres that follow each other, with topology and Secrets in place. */
export class TestSite {
  readonly #centres = new Map<string, TestCentre>();
  readonly #ending = new AbortController();
  readonly #running: Promise<void>[] = [];

  constructor() {
    for (const { name } of TOPOLOGY.spec.centres)
      this.#centres.set(name, new TestCentre(name, this.#centres));
    for (const centre of this.all) {
      centre.deploy();
      for (const other of this.all) if (other !== centre) centre.trust(other.name);
      const { whileLeading = [] } = centre.module;
      this.#running.push(...whileLeading.map((work) => work.run(this.#ending.signal)));
    }
    onTestFinished(() => this.end());
  }

  get all(): readonly TestCentre[] {
    return [...this.#centres.values()];
  }

  centre(name: 'production' | 'local-dr' | 'remote-dr'): TestCentre {
    const centre = this.#centres.get(name);
    if (centre === undefined) throw new RangeError(name);
    return centre;
  }

  /** The operator of a centre with an empty memory, before it has begun to follow anybody. */
  restart(name: 'production' | 'local-dr' | 'remote-dr'): TestCentre {
    return new TestCentre(name, this.#centres, this.centre(name).operator);
  }

  /** Lets time pass everywhere, and everybody hear of what has happened. */
  async pass(milliseconds: number): Promise<void> {
    const step = 1_000;
    for (let passed = 0; passed < milliseconds; passed += step)
      for (const { operator } of this.all) await operator.clock.pass(Math.min(step, milliseconds - passed));
    // What the last centre has done is heard of by the first.
    for (const { operator } of this.all) await operator.clock.pass(0);
  }

  /** Ends every operator, as the end of its process does. */
  async end(): Promise<void> {
    this.#ending.abort();
    await Promise.all(this.#running);
  }
}
