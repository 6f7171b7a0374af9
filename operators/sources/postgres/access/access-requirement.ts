/** Kinds of what a prepared database has, for messages. */
export const NEEDS = [
  'role',
  'attributes',
  'membership',
  'parameter',
  'function',
  'schema',
  'heartbeat',
  'slotFunction',
  'readOnly',
] as const;

/** One of them. */
export type Need = (typeof NEEDS)[number];

/** One thing that a prepared database has: how it is seen, and how it is made. */
export interface AccessRequirement {
  readonly need: Need;
  /** Role that it is for, or object that it is: a name for people. */
  readonly subject: string;
  /** SQL of type boolean over the system catalogues; null, where something that it asks about is not there, is no. */
  readonly holds: string;
  /** SQL that makes it so, in the order in which requirements stand. Without any secret. */
  readonly make: readonly string[];
}
