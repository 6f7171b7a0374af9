import { DATASET_PHASES } from '../../operators/api/kinds/dataset-status.ts';
import { alignColumns } from '../../operators/api/text/text-columns.ts';
import type { Frame, Tone } from '../frame/command-frame.ts';
import { statusNotes } from './status-notes.ts';
import type { StatusReport } from './status-report.ts';

/** Words in which a state is told, and how it looks. */
const TONES = {
  True: 'good',
  False: 'bad',
  Unknown: 'doubtful',
  Reachable: 'good',
  Unreachable: 'bad',
  Agrees: 'good',
  Differs: 'bad',
  Running: 'good',
  Silent: 'bad',
  Absent: 'bad',
} as const satisfies Record<string, Tone>;

type Word = keyof typeof TONES;

/** The report for people: a few tables, then what is not fine in words. */
export function statusText(report: StatusReport, frame: Frame): string {
  const { topology } = report;
  const title = topology === null ? frame.say('noTopology') : frame.say('topologyLine', topology);
  const tables = [
    centreTable(report, frame),
    peerTable(report, frame),
    placementTable(report, frame),
    classTable(report, frame),
  ];
  const blocks = [[title], ...tables, ...statusNotes(report, frame), [verdict(report, frame)]];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

function centreTable({ centres }: StatusReport, frame: Frame): readonly string[] {
  const { say } = frame;
  const heading = [
    say('centreHeading'),
    say('roleHeading'),
    say('contextHeading'),
    say('answersHeading'),
    say('operatorHeading'),
    say('readyHeading'),
  ];
  return table(
    heading,
    centres.map(({ name, displayName, role, context, answers, operator, ready }) => [
      displayName === null ? name : `${name} ${displayName}`,
      role ?? '-',
      context,
      tell(frame, answers ? 'True' : 'False'),
      tell(frame, operator),
      tell(frame, ready),
    ]),
  );
}

function peerTable({ peers }: StatusReport, frame: Frame): readonly string[] {
  const { say } = frame;
  const heading = [
    say('fromHeading'),
    say('toHeading'),
    say('reachedHeading'),
    say('roundTripHeading'),
    say('clockHeading'),
    say('agreesHeading'),
  ];
  return table(
    heading,
    peers.map(({ from, to, reachability, roundTrip, clockOffset, agreement }) => [
      from,
      to,
      tell(frame, reachability),
      roundTrip ?? say('wordUnknown'),
      clockOffset === null ? say('wordUnknown') : `${clockOffset.least}…${clockOffset.most} ms`,
      tell(frame, agreement),
    ]),
  );
}

function placementTable({ placements }: StatusReport, frame: Frame): readonly string[] {
  const { say } = frame;
  const heading = [
    say('groupHeading'),
    say('homeHeading'),
    say('replicaHeading'),
    say('backupHeading'),
    say('epochHeading'),
    say('asDesignedHeading'),
  ];
  return table(
    heading,
    placements.map(({ group, home, replica, backup, epoch, asDesigned }) => [
      group,
      home,
      replica ?? '-',
      backup,
      String(epoch),
      tell(frame, asDesigned),
    ]),
  );
}

function classTable({ classes }: StatusReport, { say }: Frame): readonly string[] {
  const heading = [
    say('classHeading'),
    ...DATASET_PHASES.map((phase) => say(`word${phase}`)),
    say('allHeading'),
  ];
  return table(
    heading,
    classes.map(({ class: name, phases }) => {
      const counts = DATASET_PHASES.map((phase) => phases[phase]);
      const all = counts.reduce((sum, count) => sum + count, 0);
      return [name, ...counts.map((count) => (count === 0 ? '-' : String(count))), String(all)];
    }),
  );
}

function verdict({ fine, centres }: StatusReport, { say, paint }: Frame): string {
  if (fine) return paint('good', say('allFine'));
  return paint('bad', centres.some(({ answers }) => answers) ? say('notFine') : say('noneAnswers'));
}

function tell({ say, paint }: Frame, word: Word): string {
  return paint(TONES[word], say(`word${word}`));
}

/** Rows below their headings; nothing where there are none. */
function table(heading: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return rows.length === 0 ? [] : alignColumns([heading, ...rows]);
}
