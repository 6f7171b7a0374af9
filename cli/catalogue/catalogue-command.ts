import type { Command } from 'commander';
import { formatFindings } from '../../operators/api/site/format-findings.ts';
import { alignColumns } from '../../operators/api/text/text-columns.ts';
import { EXIT_CODES } from '../exit-code.ts';
import { printed, runCommand, type Frame, type Report } from '../frame/command-frame.ts';
import { outputOption, type OutputFormat } from '../frame/output-format.ts';
import { readCatalogue, writeWhole } from './catalogue-file.ts';
import type { DatasetDocument } from './dataset-of-row.ts';
import { importCatalogue } from './import-catalogue.ts';

interface ImportOptions {
  readonly output: OutputFormat;
  readonly into?: string;
  readonly replace?: true;
}

/** Adds `zaibei catalogue import`: a data catalogue becomes Datasets, all of it or nothing. */
export function addCatalogueCommand(program: Command): void {
  program
    .command('catalogue')
    .description('Work with the catalogue of important data (重要数据目录).')
    .command('import')
    .description(
      'Make a Dataset of every record of a catalogue; where anything is wrong, say all of it and write nothing.',
    )
    .argument('<file>', 'table (.csv, .tsv; UTF-8 or GB 18030) or list of records (.yaml)')
    .option('--into <file>', 'write there instead of to stdout')
    .option('--replace', 'replace that file where it is there already')
    .addOption(outputOption('yaml'))
    .action(async (file: string, options: ImportOptions) => {
      await runCommand(program, options.output, (frame) => importFile(file, options, frame));
    });
}

async function importFile(
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
      ].map(String),
    ),
  ]);
}
