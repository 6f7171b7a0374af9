import { InvalidValueError } from '../../operators/api/values/invalid-value.ts';

const ALLOWED = 'a Kubernetes quantity such as 500m, 4, 16Gi or 2T';

const PATTERN = /^([0-9]+)(?:\.([0-9]+))?(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/;

const DECIMAL_SUFFIXES = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'] as const;
const BINARY_SUFFIXES = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'] as const;

/** The API server keeps nothing finer than 10⁻⁹. */
const NANO_PER_ONE = 1_000_000_000n;

/**
 * The one spelling in which the API server gives a quantity back: `1` for `1000m`, `512Mi` for `0.5Gi`, `100k` for
 * `100000`. Any other spelling shows as a change in every plan.
 * @param factor multiplies the quantity
 * @throws InvalidValueError
 */
export function canonicalQuantity(text: string, factor = 1n): string {
  const match = PATTERN.exec(text);
  if (match === null) throw new InvalidValueError('quantity', text, ALLOWED);
  const [, whole = '', fraction = '', suffix = ''] = match;
  const binary = BINARY_SUFFIXES.findIndex((candidate) => candidate === suffix && candidate !== '');
  const decimal = DECIMAL_SUFFIXES.findIndex((candidate) => candidate === suffix);
  const unit = binary > 0 ? NANO_PER_ONE * 1024n ** BigInt(binary) : 1000n ** BigInt(decimal);
  const scale = 10n ** BigInt(fraction.length);
  const exact = BigInt(whole + fraction) * unit * factor;
  const nano = (exact + scale - 1n) / scale;
  // As apimachinery does: less than 1024 has no binary spelling, and binary spellings are whole bytes, rounded up.
  return binary > 0 && nano >= 1024n * NANO_PER_ONE ? binarySpelling(nano) : decimalSpelling(nano);
}

/** Whether the text is the spelling that the API server gives back. */
export function isCanonicalQuantity(text: string): boolean {
  return PATTERN.test(text) && canonicalQuantity(text) === text;
}

function binarySpelling(nano: bigint): string {
  const bytes = (nano + NANO_PER_ONE - 1n) / NANO_PER_ONE;
  return reduce(bytes, 1024n, BINARY_SUFFIXES);
}

function decimalSpelling(nano: bigint): string {
  return nano === 0n ? '0' : reduce(nano, 1000n, DECIMAL_SUFFIXES);
}

/** The largest unit of which it is a whole number. */
function reduce(count: bigint, base: bigint, suffixes: readonly string[]): string {
  let mantissa = count;
  let exponent = 0;
  while (mantissa % base === 0n && exponent < suffixes.length - 1) {
    mantissa /= base;
    exponent += 1;
  }
  return `${mantissa}${suffixes[exponent] ?? ''}`;
}
