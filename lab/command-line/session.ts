import type { Machine } from '../centre/machine.ts';
import { requireCentre } from '../instance.ts';
import { type KnownInstance, machineFor, requireInstance } from '../known-instance.ts';
import type { Progress } from '../progress.ts';
import { requirePrograms } from '../toolchain/toolchain.ts';

/** What every command of one call of the command line shares. */
export interface Session {
  /** Folder of all instances. */
  readonly state: string;
  readonly progress: Progress;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** The instance that `--instance` names; it need not exist. */
  readonly instanceName: () => string;
}

/** The instance that the command is about. @throws NoSuchInstanceError */
export function knownInstance({ state, instanceName }: Session): Promise<KnownInstance> {
  return requireInstance(state, instanceName());
}

/** The machine that a centre of the instance is. @throws NoSuchInstanceError; UsageError naming the centres there are */
export async function machineNamed(session: Session, centre: string): Promise<Machine> {
  const known = await knownInstance(session);
  return machineFor(known, requireCentre(known.instance, centre), await requirePrograms());
}
