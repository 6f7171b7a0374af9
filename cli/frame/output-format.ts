import { Option } from 'commander';
import { stringify } from 'yaml';

/** Forms in which a command prints what it found: `table` for people, the others for programs. */
const OUTPUT_FORMATS = ['table', 'json', 'yaml'] as const;

/** One of them. */
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** The option `-o` of every command. */
export function outputOption(preset: OutputFormat = 'table'): Option {
  return new Option('-o, --output <format>', 'form of the output').choices(OUTPUT_FORMATS).default(preset);
}

/** Data for a program, with a final newline. */
export function formatData(data: unknown, format: Exclude<OutputFormat, 'table'>): string {
  return format === 'json' ? `${JSON.stringify(data, undefined, 2)}\n` : stringify(data);
}
