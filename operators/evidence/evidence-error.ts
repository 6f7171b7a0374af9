/**
 * What can be wrong with evidence, or with making it.
 * - `ZB-EVD-001`: a value that canonical JSON cannot hold.
 * - `ZB-EVD-002`: a record with something in it that looks like a secret.
 * - `ZB-EVD-003`: a record whose envelope (kind, actor, object) is not of the right shape.
 * - `ZB-EVD-004`: the journal's folder is not there, or may not be read or written.
 * - `ZB-EVD-005`: the end of the journal does not hold together, so nothing may be added to it.
 * - `ZB-EVD-006`: somebody else adds to the same journal.
 * - `ZB-EVD-007`: a record could not be written (disk full, read-only, input/output error).
 * - `ZB-EVD-008`: a text that is no digest, or no head.
 * - `ZB-EVD-009`: a key that cannot be used.
 */
export type EvidenceErrorCode =
  | 'ZB-EVD-001'
  | 'ZB-EVD-002'
  | 'ZB-EVD-003'
  | 'ZB-EVD-004'
  | 'ZB-EVD-005'
  | 'ZB-EVD-006'
  | 'ZB-EVD-007'
  | 'ZB-EVD-008'
  | 'ZB-EVD-009';

/** Evidence cannot be made or read. The message says what happened and what to do; it never repeats a record's content. */
export class EvidenceError extends Error {
  override readonly name = 'EvidenceError';
  readonly code: EvidenceErrorCode;

  constructor(code: EvidenceErrorCode, message: string, options?: ErrorOptions) {
    super(`${code} ${message}`, options);
    this.code = code;
  }
}
