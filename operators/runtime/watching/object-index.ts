import type { ObjectKey } from '../objects/api-object.ts';

/** Objects by the values that a function gives of each. */
export class ObjectIndex<T> {
  readonly #valuesOf: (object: T) => readonly string[];
  readonly #byValue = new Map<string, Map<ObjectKey, T>>();
  /** Under which values each object stands: what it was filed under is not asked of an object that has changed. */
  readonly #filed = new Map<ObjectKey, readonly string[]>();

  constructor(valuesOf: (object: T) => readonly string[]) {
    this.#valuesOf = valuesOf;
  }

  having(value: string): readonly T[] {
    return [...(this.#byValue.get(value)?.values() ?? [])];
  }

  /** Files an object, and takes it from where it stood before. */
  put(key: ObjectKey, object: T): void {
    this.remove(key);
    const values = this.#valuesOf(object);
    for (const value of values) {
      const objects = this.#byValue.get(value) ?? new Map<ObjectKey, T>();
      this.#byValue.set(value, objects.set(key, object));
    }
    this.#filed.set(key, values);
  }

  remove(key: ObjectKey): void {
    for (const value of this.#filed.get(key) ?? []) {
      const objects = this.#byValue.get(value);
      objects?.delete(key);
      if (objects?.size === 0) this.#byValue.delete(value);
    }
    this.#filed.delete(key);
  }
}
