/** A centre could not be made readable for another. The message never repeats what a server answered: it may hold a token. */
export class PeeringError extends Error {
  readonly code = 'ZB-TPL-010';

  /** @param centre whose API server refused @param what was asked of it */
  constructor(centre: string, what: string, status: number, advice: string) {
    super(`${centre}: ${what} was answered with ${status}. ${advice}`);
    this.name = 'PeeringError';
  }
}
