/** What an API server answers a request that it refuses. */
export interface StatusObject {
  readonly kind: 'Status';
  readonly code: number;
  readonly reason: string;
  readonly message: string;
  readonly details?: { readonly name: string };
}

/** @param name of the object that it is about; absent where it is about the path */
export function statusObject(code: number, reason: string, message: string, name?: string): StatusObject {
  const about = name === undefined ? {} : { details: { name } };
  return { kind: 'Status', code, reason, message, ...about };
}

/** Ends a request with a refusal. */
export class Refusal extends Error {
  readonly status: StatusObject;

  constructor(status: StatusObject) {
    super(status.message);
    this.status = status;
  }
}
