import { topologyKind, type Centre, type Topology } from '../api/index.ts';
import {
  resourceTypeOf,
  type ChangeSource,
  type Live,
  type Reader,
  type SharedReaders,
} from '../runtime/index.ts';
import { votingCentres } from './votes/electorate.ts';

/**
 * The topology as the operator's own centre has it, read by the schema of this program: who the centres are, which of them
 * vote, and which of those are this one's peers.
 */
export class Site {
  /** Name of the operator's own centre. */
  readonly centre: string;
  readonly #reader: Reader<Live<Topology>>;
  #known: { readonly of: Topology['spec']; readonly electorate: readonly Centre[] } | undefined;

  constructor(centre: string, readers: SharedReaders) {
    this.centre = centre;
    this.#reader = readers.of(resourceTypeOf(topologyKind));
  }

  /** Tells when the topology may have become another. */
  get changes(): ChangeSource<Live<Topology>> {
    return this.#reader;
  }

  /** Names of the Topology objects of the cluster; there should be one. */
  get topologies(): readonly string[] {
    return [...this.#reader.all()].map(({ metadata }) => metadata.name);
  }

  /** The voting centres. None while there is no topology, or several, or one that this program cannot read. */
  get electorate(): readonly Centre[] {
    const [topology, ...others] = this.#reader.all();
    if (topology === undefined || others.length > 0) return [];
    // It is asked for with every claim, and changes once in years.
    if (this.#known?.of !== topology.spec) {
      const spec = topologyKind.spec.safeParse(topology.spec);
      this.#known = { of: topology.spec, electorate: spec.success ? votingCentres(spec.data) : [] };
    }
    return this.#known.electorate;
  }

  /** Names of the centres that this one reads: the other voting centres. A centre without a vote has none. */
  get peers(): readonly string[] {
    const names = this.electorate.map(({ name }) => name);
    return names.includes(this.centre) ? names.filter((name) => name !== this.centre) : [];
  }
}
