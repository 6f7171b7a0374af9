import { z } from 'zod';
import { ADDRESS_SYNTAX } from './address-range.ts';
import { textSchema } from './text-schema.ts';

const PORT = '([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])';

/** The last part of a DNS name has more than digits: `999.1.1.1` is an address gone wrong, and no name. */
const PART = '[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?';
const LAST_PART = '([A-Za-z]([-A-Za-z0-9]*[A-Za-z0-9])?|[0-9]+([A-Za-z]|[-A-Za-z][-A-Za-z0-9]*[A-Za-z0-9]))';
const HOST = `(${ADDRESS_SYNTAX}|(${PART}\\.)*${LAST_PART})`;
const HTTPS_URL = new RegExp(`^https://(${HOST})(:${PORT})?$`);

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
