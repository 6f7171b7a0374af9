import type { z } from 'zod';
import { InvalidValueError } from './invalid-value.ts';
import { textSchema, writtenAs } from './text-schema.ts';

const ALLOWED = 'a Kubernetes quantity such as 500m, 4, 16Gi or 2T';

/** Value of each suffix that Kubernetes knows, without exponents (`1e3`), which people misread. */
const SUFFIXES: Readonly<Record<string, number>> = {
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  Ti: 1024 ** 4,
  Pi: 1024 ** 5,
};

const PATTERN = /^([0-9]{1,15}(?:\.[0-9]{1,3})?)(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$/;

/** Reads a Kubernetes quantity as a number of its base unit (cores, bytes, pieces). @throws InvalidValueError */
export function parseQuantity(text: string): number {
  const match = PATTERN.exec(text);
  const factor = SUFFIXES[match?.[2] ?? ''];
  if (match === null || factor === undefined) throw new InvalidValueError('quantity', text, ALLOWED);
  return Number.parseFloat(match[1] ?? '') * factor;
}

/** Schema of a Kubernetes quantity at the edge. */
export function quantitySchema(): z.ZodString {
  return writtenAs(textSchema(PATTERN, ALLOWED, 24), 'Kubernetes quantity, such as `500m`, `16Gi`.');
}
