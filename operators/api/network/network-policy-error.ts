/**
 * What can be wrong with the objects that the evaluator is given.
 * - `ZB-NPL-001`: a NetworkPolicy that an API server would refuse; reading it anyway would mean guessing.
 * - `ZB-NPL-002`: a pod or namespace that lacks what the question needs (an address, its namespace's labels).
 */
export type NetworkPolicyErrorCode = 'ZB-NPL-001' | 'ZB-NPL-002';

/** The objects cannot be judged. Never retried: the same objects fail the same way until somebody changes them. */
export class NetworkPolicyError extends Error {
  override readonly name = 'NetworkPolicyError';
  readonly code: NetworkPolicyErrorCode;
  /** The object and field: `NetworkPolicy tenant-a/web: spec.ingress[0].ports[1].endPort`. */
  readonly at: string;

  /** @param problem what was found and what to write instead, as one clause */
  constructor(code: NetworkPolicyErrorCode, at: string, problem: string) {
    super(`${code} ${at}: ${problem}`);
    this.code = code;
    this.at = at;
  }
}
