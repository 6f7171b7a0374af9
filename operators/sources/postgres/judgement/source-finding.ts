/**
 * How much a finding matters. `error`: the instance cannot be protected as it should be. `unknown`: nobody can say whether it
 * can. `warning`: it can, and somebody should look.
 */
export const SOURCE_SEVERITIES = ['error', 'unknown', 'warning'] as const;

/** One of them. */
export type SourceSeverity = (typeof SOURCE_SEVERITIES)[number];

/** Something that is to be said about an instance. */
export interface SourceFinding {
  readonly severity: SourceSeverity;
  /** One word for machines: `WalLevelTooLow`. */
  readonly reason: string;
  /** What was found, in a sentence. */
  readonly message: string;
  /** What a person can do about it, in a sentence. */
  readonly remedy: string;
}

/** Makes findings of one severity. */
export function findingsOf(severity: SourceSeverity) {
  return (reason: string, message: string, remedy: string): SourceFinding => {
    return { severity, reason, message, remedy };
  };
}
