import { formatFindings } from '../../operators/api/site/format-findings.ts';
import { alignColumns } from '../../operators/api/text/text-columns.ts';
import { EXIT_CODES } from '../exit-code.ts';
import { plainLine, printed, type Frame, type Report } from '../frame/command-frame.ts';
import type { OutputFormat } from '../frame/output-format.ts';
import { readCatalogue, writeWhole } from './catalogue-file.ts';
import type { DatasetDocument } from './dataset-of-row.ts';
import { importCatalogue } from './import-catalogue.ts';

/** Where the Datasets of a catalogue go, and how they are written. */
export interface ImportOptions {
  readonly output: OutputFormat;
  /** File. Absent: stdout. */
  readonly into?: string;
  /** A file that is there already goes. */
  readonly replace?: true;
}

/** Imports a file: all of it, or nothing and what is wrong with it on stderr. @throws CliError */
export async function importFile(
  file: string,
  { output, into, replace }: ImportOptions,
  frame: Frame,
): Promise<Report> {
  const { say, tell } = frame;
  const { documents, findings } = importCatalogue(await readCatalogue(file, say));
  const nothing = { data: undefined, text: () => '' };
  if (findings.length > 0) {
    tell(formatFindings(findings));
    tell(say('nothingWritten', { file }));
    return { ...nothing, exitCode: EXIT_CODES.findings };
  }
  const report: Report = {
    data: { apiVersion: 'v1', kind: 'List', items: documents },
    documents,
    text: () => `${table(documents, frame).join('\n')}\n`,
    exitCode: EXIT_CODES.fine,
  };
  tell(say('imported', { file, count: documents.length }));
  if (into === undefined) return report;
  await writeWhole(into, printed(report, output), replace === true, say);
  return { ...nothing, exitCode: EXIT_CODES.fine };
}

function table(documents: readonly DatasetDocument[], { say }: Frame): readonly string[] {
  const heading = [say('datasetHeading'), say('gradeHeading'), say('groupHeading'), say('nameHeading')];
  return alignColumns([
    heading,
    ...documents.map(({ metadata, spec }) =>
      [
        `${String(metadata['namespace'])}/${String(metadata['name'])}`,
        spec['class'] ?? '-',
        spec['protectionGroup'],
        spec['displayName'],
      ].map((cell) => plainLine(String(cell))),
    ),
  ]);
}
