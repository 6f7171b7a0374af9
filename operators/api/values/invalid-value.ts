/** A string that cannot be read as the value it should be. The message says what was found and what is allowed. */
export class InvalidValueError extends Error {
  /** What was found. */
  readonly found: string;
  /** What is allowed, in words: `a number and a unit, such as 15m or 1h30m`. */
  readonly allowed: string;

  constructor(kind: string, found: string, allowed: string) {
    super(`${kind} "${found}": use ${allowed}`);
    this.name = 'InvalidValueError';
    this.found = found;
    this.allowed = allowed;
  }
}
