import type { Command } from 'commander';
import { runCommand } from '../frame/command-frame.ts';
import { outputOption } from '../frame/output-format.ts';
import type { ImportOptions } from './import-file.ts';

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
      await runCommand(program, options.output, async (frame) => {
        const { importFile } = await import('./import-file.ts');
        return importFile(file, options, frame);
      });
    });
}
