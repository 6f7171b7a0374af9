/** A page of the documentation that is made from code. */
export interface Page {
  /** Relative to the repository: `docs/reference/api/topology.md`. */
  readonly path: string;
  readonly text: string;
}
