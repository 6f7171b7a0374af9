import { execute } from '../execute.ts';

/** What {@link runBound} may be told besides the command. */
export interface RunBoundOptions {
  /** Variables added to those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Milliseconds after which it is killed; without, it may take as long as it takes. */
  readonly timeout?: number;
}

/** Runs a command to its end and resolves with what it printed on stdout; see {@link runBound}. */
export type RunBound = (
  command: string,
  args: readonly string[],
  options?: RunBoundOptions,
) => Promise<string>;

/**
 * Runs a command that ends with this process, even when this process is killed: half a build that went on alone
 * would race with the next run.
 * @throws CommandFailedError
 */
export const runBound: RunBound = (command, args, { environment = {}, timeout = 0 } = {}) =>
  execute('setpriv', ['--pdeathsig', 'KILL', command, ...args], {
    timeout,
    environment: { ...process.env, ...environment },
  });
