import { OperatorError } from '../runtime/index.ts';

/**
 * Codes of what goes wrong with a source, in the order of {@link SOURCE_TROUBLES}: 001 nobody answers, 002 the server's
 * certificate is not believed, 003 access is refused, 004 a statement is refused, 005 no answer in time, 006 no credentials,
 * 007 the person's role may not do it, 008 the instance belongs to another dataset, 009 it is still being copied,
 * 010 pg_hba.conf cannot be written, 011 the authority cannot sign, 012 the other end is no database that is protected so.
 */
export type SourceErrorCode =
  | 'ZB-SRC-001'
  | 'ZB-SRC-002'
  | 'ZB-SRC-003'
  | 'ZB-SRC-004'
  | 'ZB-SRC-005'
  | 'ZB-SRC-006'
  | 'ZB-SRC-007'
  | 'ZB-SRC-008'
  | 'ZB-SRC-009'
  | 'ZB-SRC-010'
  | 'ZB-SRC-011'
  | 'ZB-SRC-012';

/** What goes wrong with a source, in one word for conditions, and its code. */
export const SOURCE_TROUBLES = {
  Unreachable: 'ZB-SRC-001',
  CertificateRejected: 'ZB-SRC-002',
  AccessRefused: 'ZB-SRC-003',
  StatementRefused: 'ZB-SRC-004',
  NoAnswer: 'ZB-SRC-005',
  NotPrepared: 'ZB-SRC-006',
  NotAllowed: 'ZB-SRC-007',
  ForeignInstance: 'ZB-SRC-008',
  StillCopied: 'ZB-SRC-009',
  HbaNotWritten: 'ZB-SRC-010',
  AuthorityUnfit: 'ZB-SRC-011',
  UnfitSource: 'ZB-SRC-012',
} as const satisfies Readonly<Record<string, SourceErrorCode>>;

/** One word for what went wrong. */
export type SourceTrouble = keyof typeof SOURCE_TROUBLES;

/** Something went wrong with a source. No message has a password in it. It is tried again; a person may have to help. */
export class SourceError extends OperatorError {
  /** One word for machines: the reason of a condition. */
  readonly trouble: SourceTrouble;
  /** What happened, in a sentence. */
  readonly happened: string;
  /** What a person can do about it, in a sentence. */
  readonly remedy: string;

  constructor(trouble: SourceTrouble, happened: string, remedy: string, options?: ErrorOptions) {
    super(SOURCE_TROUBLES[trouble], `${happened} ${remedy}`, { kind: 'backoff' }, options);
    this.trouble = trouble;
    this.happened = happened;
    this.remedy = remedy;
  }
}
