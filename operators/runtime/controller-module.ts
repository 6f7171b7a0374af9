import type { Journal } from '../evidence/index.ts';
import type { Selection } from './client/api-client.ts';
import type { ControllerDefinition } from './controller/controller-definition.ts';
import type { Surroundings } from './controller/surroundings.ts';
import type { ApiObject } from './objects/api-object.ts';
import type { ResourceType } from './objects/resource-type.ts';
import type { Reader } from './watching/reader.ts';

/** Who this operator is. */
export interface Identity {
  /** Centre that it runs in, by its name in Topology. */
  readonly centre: string;
  /** Namespace that it runs in: of its lease, its events about itself, its Secrets. */
  readonly namespace: string;
  /** This very process among the replicas of the centre: the pod's name. */
  readonly pod: string;
}

/**
 * Readers of the operator's own API server, one reflector for each kind and selection however many ask. They are asked
 * for while modules are made; they start together once all are, and controllers run when all are synced.
 */
export interface SharedReaders {
  of<T extends ApiObject>(type: ResourceType<T>, selection?: Selection): Reader<T>;
}

/**
 * What a domain folder gets to work with. Nothing in it is global: a test makes one of its own.
 *
 * `client` is that of the operator's own centre, the only API server that it ever writes to; it refuses to write while this
 * process does not lead.
 */
export interface Dependencies extends Surroundings {
  readonly identity: Identity;
  readonly readers: SharedReaders;
  /** The centre's evidence. Appending fails while this process does not lead. */
  readonly journal: Journal;
  /** Image of the movers, for pods that the operator runs; undefined: it runs none. */
  readonly moverImage?: string | undefined;
}

/** Work that goes on beside the controllers, such as probing a peer. */
export interface BackgroundWork {
  /** One word, for the log. */
  readonly name: string;
  /**
   * Works until the signal is aborted, and then returns soon. Returning or throwing before is a defect that ends the
   * process: whatever can fail is tried again inside.
   */
  run(signal: AbortSignal): Promise<void>;
}

/** What a domain folder adds to the operator. */
export interface ControllerModule {
  /** Name of the folder: `topology`. */
  readonly name: string;
  /** Run while this process leads. `never`: controllers of any kinds in one list. */
  readonly controllers: readonly ControllerDefinition<never>[];
  /** Runs beside the controllers, and is aborted with them: while this process leads. */
  readonly whileLeading?: readonly BackgroundWork[];
}

/** The one thing that a domain folder exports for the process, and by which it is plugged in with one line. */
export type MakeControllers = (dependencies: Dependencies) => ControllerModule;
