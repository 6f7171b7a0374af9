import { Option, type Command } from 'commander';
import { whereaboutsOptions } from '../centres/whereabouts-options.ts';
import { runCommand } from '../frame/command-frame.ts';
import { outputOption } from '../frame/output-format.ts';
import type { PrepareOptions } from './prepare-options.ts';

/** Adds `zaibei dataset prepare`: a source gets the keys by which it is protected, or loses them again. */
export function addDatasetCommand(program: Command): void {
  const command = program
    .command('dataset')
    .description('Work with the things that are protected.')
    .command('prepare')
    .description(
      'Make what protects a source: of a PostgreSQL instance the least-privileged roles, of files the certificates of those who serve and fetch them; and put the Secrets where they are used. It says what it will do, and asks.',
    )
    .argument('<namespace/dataset>', 'the dataset, as the catalogue has it')
    .option('--check', 'only say what is missing; exit code 1 if anything is')
    .addOption(new Option('--revoke', 'take all of it away again').conflicts(['check', 'rotate']))
    .option('--rotate', 'new passwords and certificates; connections go on')
    .option('--yes', 'do not ask')
    .option(
      '--as-told-by <centre>',
      'where no majority of the centres tells who plays which part now: take it from this one, of which you have made sure',
    )
    .option(
      '--admin-uri <uri>',
      'of a database: postgresql://user@host:port of a superuser, without a password: that comes from PGPASSWORD, PGPASSFILE or --admin-secret (default: postgres at the address in the catalogue)',
    )
    .option(
      '--admin-secret <namespace/name>',
      'of a database: Secret in the home centre with username and password',
    )
    .option('--port-forward', 'of a database: reach it through the API server of its centre')
    .option(
      '--server-ca <file>',
      'of a database: authority of the server’s certificate (default: --ca-certificate)',
    )
    .option('--ca-certificate <file>', 'authority of the site, by which certificates are judged')
    .option(
      '--ca-key <file>',
      'its key, PEM, which signs them; absent: an issuer such as cert-manager writes the Secrets',
    )
    .addOption(outputOption());
  whereaboutsOptions(command).action(async (dataset: string, options: PrepareOptions) => {
    await runCommand(program, options.output, async (frame) => {
      const { prepareDataset } = await import('./prepare-dataset.ts');
      return prepareDataset(dataset, options, frame);
    });
  });
}
