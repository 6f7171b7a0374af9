import type { Kind, Resource } from '../../api/index.ts';
import {
  compareKeys,
  trigger,
  type Live,
  type ObjectKey,
  type Reader,
  type Trigger,
} from '../../runtime/index.ts';
import { specChanges } from './notable-changes.ts';
import { understand } from './understand.ts';

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
