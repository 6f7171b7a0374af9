/** Something that was to be read of a source: what it is, or why it is not known. Unknown has no default. */
export type Fact<T> =
  { readonly known: true; readonly value: T } | { readonly known: false; readonly why: string };

/** A fact that was read. */
export function known<T>(value: T): Fact<T> {
  return { known: true, value };
}

/** One that was not. @param why in a few words */
export function unknown(why: string): Fact<never> {
  return { known: false, why };
}

/** A fact made of another; unknown stays unknown. */
export function mapFact<T, U>(fact: Fact<T>, make: (value: T) => U): Fact<U> {
  return fact.known ? known(make(fact.value)) : fact;
}

/** The value, or undefined while it is not known: for figures that have no place for a reason. */
export function valueOf<T>(fact: Fact<T>): T | undefined {
  return fact.known ? fact.value : undefined;
}
