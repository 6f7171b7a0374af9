import type { z } from 'zod';
import { InvalidValueError } from './invalid-value.ts';
import { textSchema, writtenAs } from './text-schema.ts';

const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';

/** Regular expression, as text, of an IPv4 address: for the syntax of what contains one. */
export const ADDRESS_SYNTAX = `(${OCTET}\\.){3}${OCTET}`;

const ADDRESS = new RegExp(`^${ADDRESS_SYNTAX}$`);
const CIDR = new RegExp(`^${ADDRESS_SYNTAX}/(3[0-2]|[12]?[0-9])$`);

/** Schema of an IPv4 network in CIDR form: `10.91.1.0/24`. */
export function cidrSchema(): z.ZodString {
  const schema = textSchema(CIDR, 'an IPv4 network such as 10.91.1.0/24', 18);
  return writtenAs(schema, 'IPv4 network, such as `10.91.1.0/24`.');
}

/** First and last address of a network, as unsigned 32-bit numbers. */
export interface AddressRange {
  readonly first: number;
  readonly last: number;
}

/** Reads `10.91.1.0/24`. @throws InvalidValueError */
export function parseCidr(text: string): AddressRange {
  if (!CIDR.test(text)) throw new InvalidValueError('network', text, 'CIDR form, such as 10.91.1.0/24');
  const [address = '', length = ''] = text.split('/');
  const size = 2 ** (32 - Number.parseInt(length, 10));
  const first = Math.floor(parseAddress(address) / size) * size;
  return { first, last: first + size - 1 };
}

/** Reads `10.91.1.7` as an unsigned 32-bit number. @throws InvalidValueError */
export function parseAddress(text: string): number {
  if (!ADDRESS.test(text)) throw new InvalidValueError('address', text, 'IPv4 form, such as 10.91.1.7');
  return text.split('.').reduce((value, octet) => value * 256 + Number.parseInt(octet, 10), 0);
}

/** Writes an unsigned 32-bit number as `10.91.1.7`. */
export function formatAddress(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

/** Whether two networks share an address. */
export function overlaps(one: AddressRange, other: AddressRange): boolean {
  return one.first <= other.last && other.first <= one.last;
}

/** Whether every address of the inner network, such as a /32, is one of the outer. */
export function covers(outer: AddressRange, inner: AddressRange): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}
