import { execFile } from 'node:child_process';
import { firstErrorLine, readPlan, type StackPlan } from './stack-plan.ts';

/** A synthesized stack to plan. */
export interface SynthesizedStack {
  readonly name: string;
  /** Folder that holds its `cdk.tf.json`. */
  readonly directory: string;
  /** Why its centre cannot be asked, where that is known already. */
  readonly silent?: string;
}

/** How {@link planStacks} works. */
export interface PlanOptions {
  /** Terraform or OpenTofu: a name on PATH, or a path. */
  readonly terraform: string;
  /** How many stacks are planned at once. */
  readonly jobs: number;
  /** Called with each result as it comes, in no particular order. */
  readonly onPlan?: (plan: StackPlan) => void;
}

/** After this long a plan counts as failed, in milliseconds: a cluster that accepts and never answers is unknown too. */
const DEADLINE = 300_000;

/** Plans every stack against its cluster, a few at a time, and changes nothing. The results are in the given order. */
export async function planStacks(
  stacks: readonly SynthesizedStack[],
  { terraform, jobs, onPlan }: PlanOptions,
): Promise<StackPlan[]> {
  const plans: StackPlan[] = [];
  const waiting = stacks.entries();
  const work = async (): Promise<void> => {
    for (const [index, stack] of waiting) {
      const plan = await planStack(terraform, stack);
      plans[index] = plan;
      onPlan?.(plan);
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return plans;
}

async function planStack(
  terraform: string,
  { name, directory, silent }: SynthesizedStack,
): Promise<StackPlan> {
  const unknown = (reason: string): StackPlan => ({ stack: name, result: 'unknown', reason });
  if (silent !== undefined) return unknown(silent);
  const init = await run(terraform, ['init', '-input=false', '-no-color'], directory);
  if (init.exitCode !== 0) {
    return unknown(`terraform init: ${firstErrorLine(init.stderr) ?? `ended with ${init.exitCode}`}`);
  }
  const flags = ['-json', '-detailed-exitcode', '-input=false', '-lock-timeout=30s'];
  const plan = await run(terraform, ['plan', ...flags], directory);
  return readPlan(name, plan.stdout, plan.exitCode);
}

interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(program: string, args: readonly string[], cwd: string): Promise<Ended> {
  const env = { ...process.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' };
  return new Promise((resolve) => {
    execFile(
      program,
      args,
      { cwd, env, timeout: DEADLINE, maxBuffer: 256 * 1024 * 1024 },
      (error, stdout, stderr) => {
        // A program that was killed, or never started, has no exit code of its own.
        const exitCode = typeof error?.code === 'number' ? error.code : error === null ? 0 : 1;
        const told = stderr === '' && error !== null && stdout === '' ? `Error: ${error.message}` : stderr;
        resolve({ exitCode, stdout, stderr: told });
      },
    );
  });
}
