import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { $ } from 'zx';
import { labEnvironment } from '../commands/environment.ts';
import { DeploymentError } from '../errors.ts';
import type { LabInstance } from '../instance.ts';
import type { Progress } from '../progress.ts';
import type { Toolchain } from '../toolchain/toolchain.ts';
import { DeploymentLog, type StackResult } from './deployment-log.ts';
import { siteDirectory, writeSite } from './lab-site.ts';

/** Root of the repository, from which cdktf is run as a person would run it. */
const REPOSITORY = path.resolve(import.meta.dirname, '../..');

/** What to run against an instance. */
export interface DeployOptions {
  readonly instance: LabInstance;
  readonly toolchain: Toolchain;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
}

/** Brings the site of an instance into its centres: `cdktf deploy '*'`. @throws DeploymentError naming each stack that failed */
export async function deploySite(options: DeployOptions): Promise<readonly StackResult[]> {
  await writeSite(options.instance);
  return runCdktf('deploy', options);
}

/** Takes the site of an instance out of its centres: `cdktf destroy '*'`. Volumes with data stay. @throws DeploymentError */
export function destroySite(options: DeployOptions): Promise<readonly StackResult[]> {
  return runCdktf('destroy', options);
}

async function runCdktf(
  verb: 'deploy' | 'destroy',
  { instance, toolchain, progress, signal }: DeployOptions,
): Promise<readonly StackResult[]> {
  const environment = labEnvironment(instance, toolchain, process.env['PATH'] ?? '');
  const log = path.join(instance.directory, `${verb}.log`);
  await mkdir(instance.directory, { recursive: true });
  const run = $({
    cwd: REPOSITORY,
    env: { ...process.env, ...environment, NO_COLOR: '1', FORCE_COLOR: '0' },
    nothrow: true,
    quiet: true,
    timeout: '15m',
    ...(signal === undefined ? {} : { signal }),
  })`cdktf ${verb} ${'*'} --auto-approve`;

  progress.say(
    instance.name,
    `cdktf ${verb} '*' of ${siteDirectory(instance)}; the first stack takes about 20 s`,
  );
  const output = new DeploymentLog();
  for await (const line of run) {
    const result = output.read(line);
    if (result === undefined) continue;
    const { stack, added, changed, destroyed } = result;
    progress.say(stack, `${added} added, ${changed} changed, ${destroyed} destroyed`);
  }
  const { exitCode, stdall } = await run;
  await writeFile(log, stdall);
  if (exitCode !== 0) {
    const reasons = output.errors.length > 0 ? output.errors : lastLines(stdall);
    throw new DeploymentError(verb, siteDirectory(instance), reasons, log);
  }
  return output.results;
}

/** The end of what was printed, where no stack said what went wrong: a site that could not be synthesized, say. */
function lastLines(output: string): readonly string[] {
  const lines = stripVTControlCharacters(output).split('\n');
  return lines.filter((line) => line.trim() !== '' && !line.includes('Synthesizing')).slice(-15);
}
