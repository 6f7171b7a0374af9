import type { Machine } from '../centre/machine.ts';
import { LabError } from '../errors.ts';

/** The data of a tenant can be reached in no centre. */
export class DataUnreachableError extends LabError {
  readonly code = 'ZB-LAB-022';
  constructor(tenant: string, refusals: readonly string[]) {
    super(`The data of ${tenant} can be reached in no centre: ${refusals.join('; ')}`);
  }
}

/** Asks one centre after the other; resolves with what the first answers that can. @throws DataUnreachableError */
export async function firstOf<Result>(
  machines: readonly Machine[],
  tenant: string,
  ask: (machine: Machine) => Promise<Result>,
): Promise<Result> {
  const refusals: string[] = [];
  for (const machine of machines) {
    try {
      return await ask(machine);
    } catch (error) {
      refusals.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new DataUnreachableError(tenant, refusals);
}
