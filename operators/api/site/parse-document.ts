import type { z } from 'zod';
import { documentFinding, DOCUMENT_RULES, type DocumentRule } from './document-rules.ts';
import { formatPath, valueAt, type FieldPath } from './field-path.ts';
import type { Finding, Place } from './finding.ts';
import { describeAmount, describeValue, listChoices, showValue } from './found-value.ts';
import { didYouMean } from './nearest-name.ts';
import { describeField, fieldNames, schemaAt } from './schema-at.ts';
import type { SourceDocument } from './source-document.ts';

type Issue = z.core.$ZodIssue;

/** What is known of a document: its content, what it is called, and where its fields stand in files. */
export type DocumentToParse = Pick<SourceDocument, 'content' | 'subject' | 'placeOf' | 'placeOfKey'>;

/** A document of the right shape, with defaults filled in, or what departs from the schema of its kind in plain sentences. */
export type Parsed<T> =
  { readonly value: T; readonly findings: readonly [] } | { readonly findings: Finding[] };

/** Holds a document against the schema of its kind. All departures are reported, not the first. */
export function parseDocument<T>(document: DocumentToParse, schema: z.ZodType<T>): Parsed<T> {
  const result = schema.safeParse(document.content);
  if (result.success) return { value: result.data, findings: [] };
  return { findings: result.error.issues.flatMap((issue) => translate(issue, document, schema)) };
}

function translate(issue: Issue, document: DocumentToParse, schema: z.ZodType): Finding[] {
  const path = issue.path.filter((step) => typeof step !== 'symbol');
  if (issue.code === 'unrecognized_keys') return refuseFields(issue.keys, path, document, schema);
  const found = valueAt(document.content, path);
  const place = document.placeOf(path);
  if (found === undefined && issue.code !== 'custom') {
    const meaning = describeField(schema, path);
    const message = `required, and missing${meaning === undefined ? '' : `: ${firstSentence(meaning)}`}`;
    return [find(DOCUMENT_RULES.missingField, document, path, place, message)];
  }
  const { message, remedy } = explain(issue, found);
  const twin = issue.code === 'custom' ? findTwin(document, schema, path) : undefined;
  return [find(DOCUMENT_RULES.value, document, path, place, message, remedy ?? twin)];
}

function refuseFields(
  keys: readonly string[],
  path: FieldPath,
  document: DocumentToParse,
  schema: z.ZodType,
): Finding[] {
  const known = fieldNames(schemaAt(schema, path));
  return keys.map((key) => {
    const place = document.placeOfKey([...path, key]);
    const message = `unknown field; the fields here are ${known.join(', ')}`;
    return find(
      DOCUMENT_RULES.unknownField,
      document,
      [...path, key],
      place,
      message,
      didYouMean(key, known) ?? 'remove it',
    );
  });
}

function explain(issue: Issue, found: unknown): { message: string; remedy?: string | undefined } {
  switch (issue.code) {
    case 'invalid_value': {
      const values = issue.values.map(String);
      return {
        message: `found ${showValue(found)}; use ${listChoices(values)}`,
        remedy: typeof found === 'string' && values.length > 1 ? didYouMean(found, values) : undefined,
      };
    }
    case 'invalid_type': {
      const message = `found ${describeValue(found)}; use ${TYPE_NAMES[issue.expected] ?? issue.expected}`;
      return { message, remedy: issue.expected === 'string' ? quoteIt(found) : undefined };
    }
    case 'too_small':
      return {
        message: `found ${describeAmount(found)}; use ${limit(issue.origin, issue.minimum, 'least')}`,
      };
    case 'too_big':
      return { message: `found ${describeAmount(found)}; use ${limit(issue.origin, issue.maximum, 'most')}` };
    case 'invalid_key':
      return { message: `key ${showValue(issue.path.at(-1))}: ${issue.issues[0]?.message ?? issue.message}` };
    case 'custom':
      return { message: issue.message };
    case 'invalid_format':
    case 'not_multiple_of':
    case 'invalid_union':
    case 'invalid_element':
    case 'unrecognized_keys':
      return { message: `found ${showValue(found)}; ${issue.message}` };
  }
}

const TYPE_NAMES: Readonly<Partial<Record<string, string>>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

/** `1.10` and `true` without quotes are a number and a boolean to YAML, which surprises whoever meant a version. */
function quoteIt(found: unknown): string | undefined {
  const isScalar = typeof found === 'number' || typeof found === 'boolean';
  return isScalar ? 'put it in quotes' : undefined;
}

function limit(origin: string, bound: number | bigint, word: 'least' | 'most'): string {
  const one = Number(bound) === 1;
  if (origin === 'string') return `at ${word} ${bound} character${one ? '' : 's'}`;
  if (origin === 'array') return `at ${word} ${bound} ${one ? 'entry' : 'entries'}`;
  return `${bound} or ${word === 'least' ? 'more' : 'less'}`;
}

/** Of an entry that repeats another one of its list: where the other stands. */
function findTwin(document: DocumentToParse, schema: z.ZodType, path: FieldPath): string | undefined {
  const listPath = path.slice(0, -1);
  const list = valueAt(document.content, listPath);
  const index = path.at(-1);
  if (!Array.isArray(list) || typeof index !== 'number') return undefined;
  const keys = schemaAt(schema, listPath)?.meta()?.['x-kubernetes-list-map-keys'];
  const identity = (entry: unknown): string =>
    Array.isArray(keys)
      ? keys.map((key) => showValue(valueAt(entry, [String(key)]))).join(' and ')
      : showValue(entry);
  const shown = identity(list[index]);
  const twin = list.findIndex((entry) => identity(entry) === shown);
  if (twin >= index) return undefined;
  const { file, line } = document.placeOf([...listPath, twin]);
  return `${shown} is in the list already, at ${file}:${line}`;
}

function firstSentence(text: string): string {
  return (text.split(/\.(?:\s|$)/)[0] ?? text).trim();
}

function find(
  rule: DocumentRule,
  document: DocumentToParse,
  path: FieldPath,
  place: Place,
  message: string,
  remedy?: string,
): Finding {
  return documentFinding(
    rule,
    place,
    { subject: document.subject, field: formatPath(path) },
    message,
    remedy,
  );
}
