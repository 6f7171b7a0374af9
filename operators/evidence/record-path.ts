import path from 'node:path';
import { LAST_SEQUENCE } from './journal-record.ts';

/** Folder of the records within a journal's folder. */
export const RECORDS = 'records';

/** Folder of unfinished files. What lies here was never a record. */
export const UNFINISHED = 'unfinished';

/** Records in one folder, and folders in one folder above it: small enough to list at once, for a million of records. */
const FAN_OUT = 1000;

/** Name of a record's file: twelve digits, so that names sort like numbers. */
const RECORD_NAME = /^([0-9]{12})\.json$/;

/** Where the record of a sequence lies within a journal's folder: `records/000000/012/000000012345.json`. */
export function recordPath(sequence: number): string {
  if (!Number.isInteger(sequence) || sequence < 1 || sequence > LAST_SEQUENCE) {
    throw new RangeError(`sequence ${sequence}: use a whole number from 1 to ${LAST_SEQUENCE}`);
  }
  const shelf = Math.floor(sequence / FAN_OUT);
  return path.join(
    RECORDS,
    digits(Math.floor(shelf / FAN_OUT), 6),
    digits(shelf % FAN_OUT, 3),
    `${digits(sequence, 12)}.json`,
  );
}

/** The sequence that a path within a journal's folder stands for, or undefined where no record belongs. */
export function sequenceOf(file: string): number | undefined {
  const name = RECORD_NAME.exec(path.basename(file));
  const sequence = Number(name?.[1] ?? 0);
  return sequence >= 1 && recordPath(sequence) === file ? sequence : undefined;
}

const digits = (number: number, width: number): string => String(number).padStart(width, '0');
