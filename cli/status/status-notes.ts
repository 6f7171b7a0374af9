import { plainLine, type Frame } from '../frame/command-frame.ts';
import type { StatusReport } from './status-report.ts';

/** So many lines of a list stand on the screen. */
const SHOWN = 12;

/** What is not fine, in words, as blocks of lines: silent centres first. */
export function statusNotes(report: StatusReport, frame: Frame): readonly (readonly string[])[] {
  return [
    silences(report, frame),
    disagreements(report, frame),
    unprotected(report, frame),
    uncovered(report, frame),
  ];
}

function silences({ centres, unread }: StatusReport, { say }: Frame): readonly string[] {
  return [
    ...centres.flatMap(({ name, context, problem }) =>
      problem === null
        ? []
        : say('silentCentre', { centre: name, context, problem: plainLine(problem.message) }),
    ),
    ...[...Map.groupBy(unread, ({ centre, reason }) => `${centre} ${reason}`).values()].flatMap((same) => {
      const [first] = same;
      if (first === undefined) return [];
      const what = same.map((one) => one.what).join(', ');
      return say('unread', { centre: first.centre, what, message: plainLine(first.message) });
    }),
    ...centres.flatMap(({ name, complaints }) =>
      complaints.map((text) => say('complaint', { centre: name, text: plainLine(text) })),
    ),
  ];
}

function disagreements({ peers, placements }: StatusReport, { say }: Frame): readonly string[] {
  return [
    ...peers
      .filter(({ differing }) => differing.length > 0)
      .map(({ from, to, differing, more }) => {
        const documents = [...differing, ...(more > 0 ? [`+${more}`] : [])].map(plainLine).join('; ');
        return say('differing', { from, to, documents });
      }),
    ...placements.flatMap(({ group, epoch, differing, unknown }) => [
      ...(differing.length === 0
        ? []
        : [say('placementDiffers', { group, epoch, centres: differing.join(', ') })]),
      ...(unknown.length === 0 ? [] : [say('placementUnknown', { group, centres: unknown.join(', ') })]),
    ]),
  ];
}

function unprotected({ datasets }: StatusReport, frame: Frame): readonly string[] {
  const bad = datasets.filter(({ phase }) => phase !== 'Protected');
  if (bad.length === 0) return [];
  const lines = bad.map(
    ({ name, class: grade, phase, message }) =>
      `${name} (${grade}): ${frame.say(`word${phase}`)}. ${plainLine(message)}`,
  );
  return [frame.say('notProtected', { count: bad.length }), ...shorten(lines, frame)];
}

function uncovered({ uncovered: { listed, more, unknown } }: StatusReport, frame: Frame): readonly string[] {
  const { say } = frame;
  const unsaid = unknown.length === 0 ? [] : [say('uncoveredUnknown', { centres: unknown.join(', ') })];
  if (listed.length === 0) return unsaid;
  const lines = listed.map(({ kind, namespace, name, centre, stateless }) =>
    say(stateless ? 'statelessLine' : 'uncoveredLine', { kind, centre, name: `${namespace}/${name}` }),
  );
  const heading = say('uncovered', { count: listed.length + more });
  return [heading, ...shorten(lines, frame, more), ...unsaid];
}

/** @param unlisted how many there are beside those in the list */
function shorten(lines: readonly string[], { say }: Frame, unlisted = 0): readonly string[] {
  const shown = lines.slice(0, SHOWN).map((line) => `  ${line}`);
  const left = lines.length - shown.length + unlisted;
  return left === 0 ? shown : [...shown, `  ${say('more', { count: left })}`];
}
