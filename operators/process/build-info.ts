/** What is running. */
export interface BuildInfo {
  /** Version of the package, and the commit behind a plus sign: `0.1.0+3f2a9c1`. */
  readonly version: string;
}

/** Put in by `operators/bundle.ts` when the program is made into one file. */
declare const ZAIBEI_VERSION: string | undefined;

/** What is running; `source` where the sources are run as they are. */
export const BUILD: BuildInfo = {
  version: typeof ZAIBEI_VERSION === 'string' ? ZAIBEI_VERSION : 'source',
};
