/** Codes of what keeps a command from being done. */
export type CliErrorCode =
  'ZB-CLI-001' | 'ZB-CLI-002' | 'ZB-CLI-003' | 'ZB-CLI-004' | 'ZB-CLI-005' | 'ZB-CLI-006';

/** What each is about, in English, for whoever looks a code up. */
export const CLI_ERRORS: Readonly<Record<CliErrorCode, string>> = {
  'ZB-CLI-001': 'there is no usable kubeconfig',
  'ZB-CLI-002': 'the site cannot be used',
  'ZB-CLI-003': 'there is no such kind or field',
  'ZB-CLI-004': 'a file cannot be read',
  'ZB-CLI-005': 'a file cannot be written',
  'ZB-CLI-006': 'another program that is needed has failed',
};

/** A command could not be done. The message says what happened and what to do, in the language of whoever typed it. */
export class CliError extends Error {
  readonly code: CliErrorCode;

  constructor(code: CliErrorCode, message: string, options?: ErrorOptions) {
    super(`${code}: ${message}`, options);
    this.name = 'CliError';
    this.code = code;
  }
}
