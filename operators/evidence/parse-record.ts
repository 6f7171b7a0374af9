import { z } from 'zod';
import { canonicalJson } from './canonical-json.ts';
import { type JournalRecord, journalRecordSchema } from './journal-record.ts';

/** A record that was read, or what keeps the bytes from being one. */
export type ParsedRecord =
  | { readonly record: JournalRecord; readonly problem?: undefined }
  | { readonly record?: undefined; readonly problem: string };

/**
 * Reads the bytes of a record's file. They must be UTF-8, of the record's shape, and canonical to the last byte: then there
 * is one text for one record, and nothing (a second member of the same name, a blank) says more to one reader than to
 * another.
 */
export function parseRecord(bytes: Uint8Array): ParsedRecord {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    return { problem: bytes.length === 0 ? 'the file is empty' : 'the file is not JSON' };
  }
  const parsed = journalRecordSchema.safeParse(value);
  if (!parsed.success) return { problem: `the file is no record: ${z.prettifyError(parsed.error)}` };
  if (!isCanonical(value, text)) return { problem: 'the file is not in canonical form' };
  return { record: parsed.data };
}

/** A lone surrogate comes through `JSON.parse`, and has no canonical form. */
function isCanonical(value: unknown, text: string): boolean {
  try {
    return canonicalJson(value) === text;
  } catch {
    return false;
  }
}
