import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../errors.ts';
import { centrePaths } from '../centre/machine.ts';
import type { LabCentre } from '../instance.ts';

/** Names that `lab logs` takes for a centre: its components, `audit` and `init`. */
export function listLogs(centre: LabCentre): readonly string[] {
  const { logs } = centrePaths(centre);
  if (!existsSync(logs)) return [];
  return readdirSync(logs)
    .filter((file) => file.endsWith('.log'))
    .map((file) => file.slice(0, -'.log'.length));
}

/**
 * Prints the end of one log of a centre, or of all of them, and goes on with what is added when asked to follow.
 * @returns exit code of `tail`
 * @throws UsageError naming the logs that there are
 */
export function printLogs(
  centre: LabCentre,
  component: string | undefined,
  options: { readonly follow: boolean; readonly lines: number },
): Promise<number> {
  const known = listLogs(centre);
  if (known.length === 0) throw new UsageError(`${centre.name} has no logs yet: it has not been started`);
  if (component !== undefined && !known.includes(component)) {
    throw new UsageError(`${centre.name} has no log "${component}"; it has ${known.join(', ')}`);
  }
  const files = (component === undefined ? known : [component]).map((name) =>
    path.join(centrePaths(centre).logs, `${name}.log`),
  );
  // By name, not by descriptor: a full log is renamed and a new one begins.
  const follow = options.follow ? ['--follow=name', '--retry'] : [];
  return new Promise((resolve, reject) => {
    const tail = spawn('tail', [`--lines=${options.lines}`, ...follow, '--', ...files], { stdio: 'inherit' });
    tail.once('error', reject);
    tail.once('exit', (code) => {
      resolve(code ?? 130);
    });
  });
}
