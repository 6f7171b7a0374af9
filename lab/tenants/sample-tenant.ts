/** Where the pods of a tenant are. */
export interface TenantPods {
  /** Its namespace, which the site makes; its name in what people read. */
  readonly name: string;
  readonly podLabels: Readonly<Record<string, string>>;
}

/** A tenant as its department would run it: what it applies, and how to tell that it is up. */
export interface SampleTenant extends TenantPods {
  /** Everything that it consists of, in the order in which it is applied. */
  readonly objects: readonly object[];
  /** What must be rolled out: `statefulset/population-db`. */
  readonly workload: string;
}

/** How much data the tenants begin with. */
export interface TenantSizes {
  /** Rows of the population library besides those that are written. */
  readonly people: number;
  /** Files of the licence library besides those that are written. */
  readonly licences: number;
  /** Mean size of one of them, in bytes. */
  readonly licenceBytes: number;
}

/** `full`: what a backup has something to do with. `small`: what takes no time. */
export const TENANT_SIZES = {
  full: { people: 100_000, licences: 20_000, licenceBytes: 50_000 },
  small: { people: 1_000, licences: 200, licenceBytes: 5_000 },
} as const satisfies Record<string, TenantSizes>;

export type TenantSizeName = keyof typeof TENANT_SIZES;
