import type { z } from 'zod';
import { InvalidValueError } from './invalid-value.ts';
import { textSchema, writtenAs } from './text-schema.ts';

const ALLOWED = 'a Kubernetes quantity such as 500m, 4, 16Gi or 2T';

/** Thousandths in one of each suffix that Kubernetes knows, without exponents (`1e3`), which people misread. */
const THOUSANDTHS: Readonly<Record<string, bigint>> = {
  m: 1n,
  '': 10n ** 3n,
  k: 10n ** 6n,
  M: 10n ** 9n,
  G: 10n ** 12n,
  T: 10n ** 15n,
  P: 10n ** 18n,
  Ki: 1000n * 2n ** 10n,
  Mi: 1000n * 2n ** 20n,
  Gi: 1000n * 2n ** 30n,
  Ti: 1000n * 2n ** 40n,
  Pi: 1000n * 2n ** 50n,
};

/** Whole thousandths only: that is as fine as Kubernetes counts. */
const PATTERN = /^([0-9]{1,15}m|[0-9]{1,15}(\.[0-9]{1,3})?(k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?)$/;

/** Reads a Kubernetes quantity as a number of its base unit (cores, bytes, pieces). @throws InvalidValueError */
export function parseQuantity(text: string): number {
  return addQuantities([text]);
}

/**
 * The sum of quantities as a number of their base unit. Exact before the one rounding to a number at the end: three
 * times `100m` is what `300m` is, which the sum of three numbers 0.1 is not. @throws InvalidValueError
 */
export function addQuantities(texts: readonly string[]): number {
  const sum = texts.reduce((total, text) => total + countThousandths(text), 0n);
  return Number(sum) / 1000;
}

function countThousandths(text: string): bigint {
  const suffix = text.replace(/^[0-9.]+/, '');
  const unit = THOUSANDTHS[suffix];
  if (!PATTERN.test(text) || unit === undefined) throw new InvalidValueError('quantity', text, ALLOWED);
  const [whole = '', fraction = ''] = text.slice(0, text.length - suffix.length).split('.');
  return BigInt(whole) * unit + (BigInt(fraction.padEnd(3, '0')) * unit) / 1000n;
}

/** Schema of a Kubernetes quantity at the edge. */
export function quantitySchema(): z.ZodString {
  return writtenAs(textSchema(PATTERN, ALLOWED, 24), 'Kubernetes quantity, such as `500m`, `16Gi`.');
}
