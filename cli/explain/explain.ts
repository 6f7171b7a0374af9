import { alignColumns } from '../../operators/api/text/text-columns.ts';
import { CliError } from '../cli-error.ts';
import { EXIT_CODES } from '../exit-code.ts';
import type { Report } from '../frame/command-frame.ts';
import type { Say } from '../messages/say.ts';
import { findField, type FieldExplanation, type UnknownName } from './find-field.ts';

/** What a field means. @throws CliError naming what there is, and what was meant most likely */
export function explain(written: string, say: Say): Report {
  const found = findField(written);
  if ('known' in found) throw new CliError('ZB-CLI-003', refusal(found, say));
  return { data: found, text: () => `${explanation(found, say).join('\n')}\n`, exitCode: EXIT_CODES.fine };
}

function refusal({ name, where, known, nearest }: UnknownName, say: Say): string {
  const hint = nearest === undefined ? '' : say('didYouMean', { name: nearest });
  if (where === undefined) return say('unknownKind', { name, kinds: known.join(', '), hint }).trim();
  if (known.length === 0) return say('noField', { where });
  return say('unknownField', { where, name, fields: known.join(', '), hint }).trim();
}

function explanation(found: FieldExplanation, say: Say): string[] {
  const { field, description, type, required, allowed, rules, fields } = found;
  const facts = [
    [`${say('typeOf')}:`, type],
    ...(required === null ? [] : [[`${say('required')}:`, say(required ? 'yes' : 'no')]]),
    ...(found.default === undefined ? [] : [[`${say('defaultOf')}:`, JSON.stringify(found.default)]]),
    ...(allowed === type ? [] : [[`${say('allowed')}:`, allowed]]),
    ...rules.map((rule) => ['', rule]),
  ];
  const rows = fields.map((row) => [
    row.path,
    row.required ? `${row.type}; ${say('required')}` : row.type,
    row.meaning,
  ]);
  const heading = [say('fieldHeading'), say('typeHeading'), say('meaningHeading')];
  return [
    field,
    description,
    '',
    ...alignColumns(facts),
    ...(rows.length === 0 ? [] : ['', ...alignColumns([heading, ...rows])]),
  ];
}
