/**
 * What keeps stacks from being synthesized, besides what is wrong with the site itself.
 * - `ZB-STK-001`: an object would show as changed in every plan;
 * - `ZB-STK-002`: the environment would lead stacks to another cluster or state than their own;
 * - `ZB-STK-003`: a centre is named that the site does not have;
 * - `ZB-STK-004`: the kubeconfig cannot be read;
 * - `ZB-STK-005`: a text of the site would be taken for a value of cdktf's own.
 */
export type StackErrorCode = 'ZB-STK-001' | 'ZB-STK-002' | 'ZB-STK-003' | 'ZB-STK-004' | 'ZB-STK-005';

/** Stacks cannot be synthesized. Never retried: somebody has to change something first, and the message says what. */
export class StackError extends Error {
  override readonly name = 'StackError';
  readonly code: StackErrorCode;

  /**
   * @param at what it is about: construct path and object, or a variable
   * @param problem what was found and what to do, as one clause
   */
  constructor(code: StackErrorCode, at: string, problem: string) {
    super(`${code} ${at}: ${problem}`);
    this.code = code;
  }
}
