import { applyFields } from './applied-fields.ts';

/** Part of an object that is applied by itself. */
type Part = 'object' | 'status';

/** Who applies which part of an object. */
export interface Applying {
  /** Of the object, whatever becomes of it until it is deleted. */
  readonly id: string;
  readonly part: Part;
  readonly fieldManager: string;
}

/** Which fields each manager applied last, of every object: what Kubernetes keeps as `managedFields`. */
export class ManagedFields {
  readonly #applied = new Map<string, unknown>();

  /** Takes note of the fields with which a manager created an object. */
  create(applying: Applying, fields: unknown): void {
    this.#applied.set(nameOf(applying), asSent(fields));
  }

  /** Takes note of what a manager applies. @param live the object as it stands @returns what becomes of it */
  apply(applying: Applying, live: unknown, fields: unknown): unknown {
    const wish = asSent(fields);
    const name = nameOf(applying);
    const others = [...this.#applied]
      .filter(([at]) => at.startsWith(`${applying.id} ${applying.part} `) && at !== name)
      .map(([, applied]) => applied);
    const next = applyFields(live, this.#applied.get(name), wish, others);
    this.#applied.set(name, wish);
    return next;
  }

  /** Forgets an object that is deleted. */
  forget(id: string): void {
    for (const name of this.#applied.keys()) if (name.startsWith(`${id} `)) this.#applied.delete(name);
  }
}

function nameOf({ id, part, fieldManager }: Applying): string {
  return `${id} ${part} ${fieldManager}`;
}

/** What goes over the wire has no `undefined`. */
function asSent(fields: unknown): unknown {
  return JSON.parse(JSON.stringify(fields));
}
