import { alignColumns } from '../../operators/api/text/text-columns.ts';
import { findCentres, type Whereabouts } from '../centres/find-centres.ts';
import { EXIT_CODES } from '../exit-code.ts';
import type { Frame, Report, Tone } from '../frame/command-frame.ts';
import { withNotice } from '../frame/notice.ts';
import type { Check, CheckState } from './check.ts';
import { examineCentres } from './examine.ts';
import { programChecks } from './program-checks.ts';

const TONES: Readonly<Record<CheckState, Tone>> = {
  ok: 'good',
  warning: 'doubtful',
  wrong: 'bad',
  unknown: 'doubtful',
};

/**
 * Looks at this machine and at all centres. What is wrong or unknown ends with `findings`, a warning does not.
 * @param before whether nothing has been deployed yet
 * @throws CliError when there is nothing to ask
 */
export async function diagnose(where: Whereabouts, before: boolean, frame: Frame): Promise<Report> {
  const found = await findCentres(where, frame.environment, frame.say);
  const centres = withNotice(frame, found.centres, () => examineCentres(found, before, frame.say));
  const checks = (await Promise.all([programChecks(frame), centres])).flat();
  const fine = checks.every(({ state }) => state === 'ok' || state === 'warning');
  return {
    data: { fine, checks },
    text: () => `${doctorText(checks, frame).join('\n')}\n`,
    exitCode: fine ? EXIT_CODES.fine : EXIT_CODES.findings,
  };
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
