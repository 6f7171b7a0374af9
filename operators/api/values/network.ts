import { z } from 'zod';
import { InvalidValueError } from './invalid-value.ts';
import { textSchema, writtenAs } from './text-schema.ts';

const OCTET = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const ADDRESS = new RegExp(`^(${OCTET}\\.){3}${OCTET}$`);
const CIDR = new RegExp(`^(${OCTET}\\.){3}${OCTET}/(3[0-2]|[12]?[0-9])$`);
const PORT = '([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])';

/** The last part of a DNS name has more than digits: `999.1.1.1` is an address gone wrong, and no name. */
const PART = '[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?';
const LAST_PART = '([A-Za-z]([-A-Za-z0-9]*[A-Za-z0-9])?|[0-9]+([A-Za-z]|[-A-Za-z][-A-Za-z0-9]*[A-Za-z0-9]))';
const HOST = `((${OCTET}\\.){3}${OCTET}|(${PART}\\.)*${LAST_PART})`;
const HTTPS_URL = new RegExp(`^https://(${HOST})(:${PORT})?$`);

/** Schema of an IPv4 network in CIDR form: `10.91.1.0/24`. */
export function cidrSchema(): z.ZodString {
  const schema = textSchema(CIDR, 'an IPv4 network such as 10.91.1.0/24', 18);
  return writtenAs(schema, 'IPv4 network, such as `10.91.1.0/24`.');
}

/** Schema of a host: a DNS name or an IPv4 address. */
export function hostSchema(): z.ZodString {
  return textSchema(new RegExp(`^${HOST}$`), 'a DNS name or an IPv4 address', 253).min(1);
}

/** Schema of a TCP or UDP port. */
export function portSchema(): z.ZodInt {
  return z.int().min(1).max(65_535);
}

/** Schema of the URL of an API server. */
export function httpsUrlSchema(): z.ZodString {
  return textSchema(HTTPS_URL, 'a URL such as https://10.90.0.1:6443', 300);
}

const STORE_URL = new RegExp(`^https?://(${HOST})(:${PORT})?(/[-A-Za-z0-9._~/]*)?$`);

/**
 * Schema of the URL of an object store. It has no place for a user, a password or a query: what stands in a site is
 * copied into every stack in the clear.
 */
export function storeUrlSchema(): z.ZodString {
  const allowed = 'a URL such as https://store.example:9000, without user, password, query and fragment';
  return textSchema(STORE_URL, allowed, 300);
}

/** `host:port` that is equal for equal servers: names are the same in small letters and capitals. */
export function serverKey(host: string, port: number): string {
  return `${host.toLowerCase()}:${port}`;
}

/** {@link serverKey} of the URL of an API server, which means port 443 where it names none. */
export function serverOf(url: string): string {
  const [host = '', port = '443'] = url.replace('https://', '').split(':');
  return serverKey(host, Number(port));
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

/** Whether two networks share an address. */
export function overlaps(one: AddressRange, other: AddressRange): boolean {
  return one.first <= other.last && other.first <= one.last;
}
