import type { Machine } from './centre/machine.ts';
import { execute, type ExecuteOptions } from './execute.ts';

/** Options by which kubectl is administrator of a centre. */
export function adminOptions({ instance, centre }: Pick<Machine, 'instance' | 'centre'>): readonly string[] {
  return [`--kubeconfig=${instance.kubeconfig}`, `--context=${centre.context}`];
}

/** Runs kubectl as administrator of a centre; resolves with what it printed on stdout. @throws CommandFailedError */
export function kubectl(
  machine: Machine,
  args: readonly string[],
  options: ExecuteOptions = {},
): Promise<string> {
  return execute(machine.toolchain.programs.kubectl, [...adminOptions(machine), ...args], options);
}
