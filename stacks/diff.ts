/**
 * `npm run diff`: what a deployment would change, over all stacks of a site. cdktf itself shows one stack at a time.
 * Results go to stdout, progress to stderr. Exit codes: 0 no changes, 2 changes, 1 something is unknown or wrong.
 */
import path from 'node:path';
import process from 'node:process';
import { Command, InvalidArgumentError, Option } from 'commander';
import { formatFindings } from '../operators/api/site/format-findings.ts';
import { loadSite } from '../operators/api/site/load-site.ts';
import { buildApp, stacksOf } from './app.ts';
import { readEnvironment } from './environment.ts';
import { EXIT, exitCodeOf, renderPlans, totalOf } from './plan/plan-report.ts';
import { planStacks } from './plan/plan-stacks.ts';
import { findSilentCentres } from './silent-centres.ts';
import { StackError } from './stack-error.ts';

interface Options {
  readonly output: 'text' | 'json';
  readonly jobs: number;
}

const command = new Command('diff')
  .description('Show what a deployment would change, over all stacks of a site.')
  .addOption(
    new Option('-o, --output <form>', 'form of the result').choices(['text', 'json']).default('text'),
  )
  .option('-j, --jobs <count>', 'stacks that are planned at once', readJobs, 3);

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

try {
  process.exitCode = await diff(command.parse().opts<Options>());
} catch (error) {
  if (!(error instanceof StackError)) throw error;
  say(error.message);
  process.exitCode = EXIT.unknown;
}

async function diff({ output, jobs }: Options): Promise<number> {
  const started = Date.now();
  const { site, outdir, centres, kubeconfig } = readEnvironment(process.env);
  const { model, findings } = await loadSite(site);
  if (model === undefined) {
    say(`${site}:\n${formatFindings(findings)}`);
    return EXIT.unknown;
  }
  const silent = await findSilentCentres(model, kubeconfig);
  const app = buildApp(model, { outdir, ...(centres && { centres }) });
  app.synth();

  const stacks = stacksOf(app).map(({ centre, node: { id } }) => {
    const reason = silent.get(centre);
    const directory = path.join(outdir, 'stacks', id);
    return { name: id, directory, ...(reason !== undefined && { silent: reason }) };
  });
  let done = 0;
  const plans = await planStacks(stacks, {
    terraform: process.env['TERRAFORM_BINARY_NAME'] ?? 'terraform',
    jobs,
    onPlan: ({ stack }) => {
      done += 1;
      say(`planned ${done} of ${stacks.length}: ${stack} (${Math.round((Date.now() - started) / 1000)} s)`);
    },
  });
  const totals = totalOf(plans);
  const result = output === 'json' ? JSON.stringify({ plans, totals }, undefined, 2) : renderPlans(plans);
  process.stdout.write(`${result}\n`);
  return exitCodeOf(totals);
}

function readJobs(text: string): number {
  const jobs = Number(text);
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 64) throw new InvalidArgumentError('use 1 to 64');
  return jobs;
}
