import type { ObjectKey } from '../objects/api-object.ts';

/** A key and the moment from which it wants to be worked on. */
export interface DueKey {
  readonly key: ObjectKey;
  /** By `Clock.elapsed`. */
  readonly due: number;
}

interface Entry extends DueKey {
  /** Keys due at one moment leave in the order in which they came. */
  readonly order: number;
}

/**
 * Keys by the moment they are due, the earliest first; a key stands in it once. A binary heap that knows where each key
 * is: everything but counting costs O(log n).
 */
export class DueHeap {
  readonly #entries: Entry[] = [];
  readonly #places = new Map<ObjectKey, number>();
  #order = 0;

  get size(): number {
    return this.#entries.length;
  }

  /** The key that is due first. */
  get first(): DueKey | undefined {
    return this.#entries[0];
  }

  /** Puts a key in; one that is in already keeps the earlier of both moments. */
  put(key: ObjectKey, due: number): void {
    const place = this.#places.get(key);
    const present = place === undefined ? undefined : this.#entries[place];
    if (present !== undefined && present.due <= due) return;
    this.#raise(place ?? this.#entries.length, { key, due, order: this.#order++ });
  }

  /** Takes the first key out. */
  takeFirst(): DueKey | undefined {
    const first = this.#entries[0];
    const last = this.#entries.pop();
    if (first === undefined || last === undefined) return undefined;
    this.#places.delete(first.key);
    if (last !== first) this.#lower(last);
    return first;
  }

  /** How many keys are due at a moment: looks at these and their children only. */
  countDue(moment: number): number {
    let count = 0;
    const places = [0];
    for (let place = places.pop(); place !== undefined; place = places.pop()) {
      const entry = this.#entries[place];
      if (entry === undefined || entry.due > moment) continue;
      count += 1;
      places.push(2 * place + 1, 2 * place + 2);
    }
    return count;
  }

  /** Sets an entry at a place or above it: parents that are due later go down. */
  #raise(from: number, entry: Entry): void {
    let place = from;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = this.#entries[above];
      if (parent === undefined || isEarlier(parent, entry)) break;
      this.#set(place, parent);
      place = above;
    }
    this.#set(place, entry);
  }

  /** Sets an entry at the top or below it: children that are due earlier go up. */
  #lower(entry: Entry): void {
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const [one, other] = [this.#entries[left], this.#entries[left + 1]];
      if (one === undefined) break;
      const [child, below] = other !== undefined && isEarlier(other, one) ? [other, left + 1] : [one, left];
      if (isEarlier(entry, child)) break;
      this.#set(place, child);
      place = below;
    }
    this.#set(place, entry);
  }

  #set(place: number, entry: Entry): void {
    this.#entries[place] = entry;
    this.#places.set(entry.key, place);
  }
}

function isEarlier(one: Entry, other: Entry): boolean {
  return one.due < other.due || (one.due === other.due && one.order < other.order);
}
