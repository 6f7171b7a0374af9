/**
 * Codes of what keeps a command from being done: 001 no usable kubeconfig, 002 no usable site, 003 no such kind or field,
 * 004 a file that cannot be read, 005 one that cannot be written, 006 another program that failed, 007 no such centre,
 * 008 no such source, 009 no centre knows its roles, 014 a centre does not keep its Secrets, 015 no way to the database, or no
 * authority, 016 nobody agreed, 017 options that do not fit this kind of source, 018 no majority of the centres tells its roles.
 * Those between belong to catalogues (`catalogue/sheet.ts`).
 */
export type CliErrorCode =
  | 'ZB-CLI-001'
  | 'ZB-CLI-002'
  | 'ZB-CLI-003'
  | 'ZB-CLI-004'
  | 'ZB-CLI-005'
  | 'ZB-CLI-006'
  | 'ZB-CLI-007'
  | 'ZB-CLI-008'
  | 'ZB-CLI-009'
  | 'ZB-CLI-014'
  | 'ZB-CLI-015'
  | 'ZB-CLI-016'
  | 'ZB-CLI-017'
  | 'ZB-CLI-018';

/** A command could not be done. The message says what happened and what to do, in the language of whoever typed it. */
export class CliError extends Error {
  readonly code: CliErrorCode;

  constructor(code: CliErrorCode, message: string, options?: ErrorOptions) {
    super(`${code}: ${message}`, options);
    this.name = 'CliError';
    this.code = code;
  }
}
