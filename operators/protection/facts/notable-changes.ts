import type { ApiObject, Reader } from '../../runtime/index.ts';

/**
 * The same objects, of which only those changes are told in which `aspect` differs. Without it, each status that a
 * controller writes would have every other controller that reads the kind look at all of its keys again.
 */
export function notableChanges<T>(reader: Reader<T>, aspect: (object: T) => unknown): Reader<T> {
  return {
    get synced() {
      return reader.synced;
    },
    get heardAt() {
      return reader.heardAt;
    },
    get size() {
      return reader.size;
    },
    find: (key) => reader.find(key),
    all: () => reader.all(),
    having: (index, value) => reader.having(index, value),
    index: (name, values) => {
      reader.index(name, values);
    },
    listen: (listener) => {
      reader.listen((change) => {
        const { before, after } = change;
        const known = before !== undefined && after !== undefined;
        if (!known || aspect(before) !== aspect(after)) listener(change);
      });
    },
  };
}

/** Changes of what people wrote: of the spec, of labels, or that the object is another one or being deleted. */
export function specChanges<T extends ApiObject>(reader: Reader<T>): Reader<T> {
  return notableChanges(reader, ({ metadata: { uid, generation, labels, deletionTimestamp } }) =>
    JSON.stringify([uid, generation, labels, deletionTimestamp !== undefined]),
  );
}
