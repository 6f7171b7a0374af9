import { LabError } from '../errors.ts';

/** What can be wrong with the toolchain, by the code that stays the same while the wording may change. */
export const TOOLCHAIN_ERRORS = {
  'ZB-TOOL-001': 'a part of the toolchain is not there yet',
  'ZB-TOOL-002': 'making a part failed',
  'ZB-TOOL-003': 'a build made a program of another version than the one pinned',
  'ZB-TOOL-004': 'the disk is full',
  'ZB-TOOL-005': 'Terraform is too old',
  'ZB-TOOL-006': 'TERRAFORM_BINARY_NAME names a program that cannot be run',
  'ZB-TOOL-007': 'Debian packages could not be installed',
  'ZB-TOOL-008': 'a program could not be taken out of a Debian package',
} as const;

/** A code of {@link TOOLCHAIN_ERRORS}. */
export type ToolchainErrorCode = keyof typeof TOOLCHAIN_ERRORS;

/** Something about the toolchain that a person has to see: what happened, and what to do next. */
export class ToolchainError extends LabError {
  readonly code: ToolchainErrorCode;

  constructor(code: ToolchainErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
