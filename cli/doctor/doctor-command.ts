import type { Command } from 'commander';
import { alignColumns } from '../../operators/api/text/text-columns.ts';
import { findCentres, type Whereabouts } from '../centres/find-centres.ts';
import { whereaboutsOptions } from '../centres/whereabouts-options.ts';
import { EXIT_CODES } from '../exit-code.ts';
import { runCommand, type Frame, type Report, type Tone } from '../frame/command-frame.ts';
import { withNotice } from '../frame/notice.ts';
import { outputOption, type OutputFormat } from '../frame/output-format.ts';
import type { Check, CheckState } from './check.ts';
import { examineCentres } from './examine.ts';
import { programChecks } from './program-checks.ts';

interface DoctorOptions extends Whereabouts {
  readonly output: OutputFormat;
  readonly pre?: true;
}

const TONES: Readonly<Record<CheckState, Tone>> = {
  ok: 'good',
  warning: 'doubtful',
  wrong: 'bad',
  unknown: 'doubtful',
};

/** Adds `zaibei doctor`: what stands between a site and its working, and what to do about it. */
export function addDoctorCommand(program: Command): void {
  const command = program
    .command('doctor')
    .description('Look for what keeps a site from working, and say what to do about it.')
    .option('--pre', 'before the first deployment: what that makes need not be there')
    .addOption(outputOption());
  whereaboutsOptions(command).action(async (options: DoctorOptions) => {
    await runCommand(program, options.output, async (frame): Promise<Report> => {
      const found = await findCentres(options, frame.environment, frame.say);
      const centres = withNotice(frame, found.centres, () =>
        examineCentres(found, options.pre === true, frame.say),
      );
      const checks = (await Promise.all([programChecks(frame), centres])).flat();
      const fine = checks.every(({ state }) => state === 'ok' || state === 'warning');
      return {
        data: { fine, checks },
        text: () => `${doctorText(checks, frame).join('\n')}\n`,
        exitCode: fine ? EXIT_CODES.fine : EXIT_CODES.findings,
      };
    });
  });
}

/** A line for each check; below what is not fine, why it matters and how to put it right. */
export function doctorText(checks: readonly Check[], { say, paint }: Pick<Frame, 'say' | 'paint'>): string[] {
  const rows = alignColumns(
    checks.map(({ state, where, what }) => [paint(TONES[state], say(`state_${state}`)), where, what]),
  );
  return checks.flatMap(({ state, why, fix }, index) => [
    rows[index] ?? '',
    ...(state === 'ok' ? [] : [`    ${say('why', { why })}`, `    ${say('fix', { fix })}`]),
  ]);
}
