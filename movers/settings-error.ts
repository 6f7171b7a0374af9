/** A mover was started with variables that cannot work. */
export class MoverSettingsError extends Error {
  readonly code = 'ZB-MOV-001';

  constructor(variables: readonly string[]) {
    super(
      `the variables ${variables.join(', ')} are missing or wrong; the operator sets them, so image and operator may be of two versions`,
    );
    this.name = 'MoverSettingsError';
  }
}
