/**
 * What is wrong with how metrics are defined or asked for. Always a mistake in the program, found when it starts.
 * - `ZB-MET-001`: definitions of the catalogue break the naming rules, or two of them have one name;
 * - `ZB-MET-002`: a metric is asked for that the catalogue does not have;
 * - `ZB-MET-003`: a metric is asked for as another type than its own, or both kept and derived.
 */
export type MetricsErrorCode = 'ZB-MET-001' | 'ZB-MET-002' | 'ZB-MET-003';

/** The program cannot serve its metrics as it is written. Never retried. */
export class MetricsError extends Error {
  override readonly name = 'MetricsError';
  readonly code: MetricsErrorCode;

  /** @param problem what was found and what to do */
  constructor(code: MetricsErrorCode, problem: string) {
    super(`${code} ${problem}`);
    this.code = code;
  }
}
