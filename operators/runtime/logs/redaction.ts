import { errorFields } from './error-fields.ts';

/** What stands in the log where a secret would have stood. */
export const REDACTED = '[redacted]';

/**
 * How names end under which secrets are kept: `Authorization`, `bearer_token`, `client-key-data`, `dbPassword`. `secretName`
 * and `tokenCount` end otherwise and are let through; so is a bare `key`, which is also the key of an object.
 */
const SECRET_NAME =
  /(?:authorization|cookie|credential|kubeconfig|pass(?:phrase|wd|word)|pwd|secret|token|(?:private|client|secret|access|api|signing|encryption)key)s?(?:data)?$/;

/**
 * Texts that are secrets wherever they stand, in messages and stack traces too. More is hidden here than the journal refuses
 * (evidence/secret-guard.ts): a word too many costs a line of the log nothing, and a record that was refused is missing.
 */
const SECRET_TEXTS: readonly (readonly [RegExp, string])[] = [
  // To the end of the text where the block was cut off: half a key is a secret too.
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, REDACTED],
  // JSON web tokens, such as those of service accounts.
  [/\beyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?/g, REDACTED],
  [/\b(Bearer|Basic) +[\w.~+/=-]{6,}/gi, `$1 ${REDACTED}`],
  [/\bAGE-SECRET-KEY-1[0-9A-Z]+/g, REDACTED],
  // postgres://user:password@host
  [/(:\/\/[^\s:/@]*:)[^\s@]+@/g, `$1${REDACTED}@`],
  // password=…, token: "…", as connection strings and quoted configuration have them.
  [
    /\b(\w*(?:password|passwd|passphrase|pwd|secret|token)"?\s*[=:]\s*)(?:"[^"]*"|'[^']*'|[^\s,;&}"']+)/gi,
    `$1${REDACTED}`,
  ],
];

/** How deep, and how many entries of an array and letters of a text, a log line goes: it is to be read, not to hold a list. */
const DEPTH = 8;
const ENTRIES = 100;
const LETTERS = 16_384;

/** A text without the parts of it that look like secrets, cut off where it is very long. */
export function redactText(text: string): string {
  const short = text.length > LETTERS ? `${text.slice(0, LETTERS)}…` : text;
  return SECRET_TEXTS.reduce((safe, [secret, stand]) => safe.replace(secret, stand), short);
}

/**
 * A copy of a value that may be written to a log: values under names of secrets, the contents of Secrets, and texts that
 * look like secrets are replaced. Errors become objects as {@link errorFields} has it.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'function' || typeof value === 'symbol') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid date' : value.toISOString();
  // Bytes of a certificate and bytes of a key look alike.
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `${value.byteLength} bytes`;
  if (depth >= DEPTH) return '…';
  if (Array.isArray(value)) return redactArray(value, depth);
  if (value instanceof Error) return redactFields(errorFields(value), depth);
  if (value instanceof URL) return redactText(value.href);
  if (value instanceof Map) return redactFields(Object.fromEntries(namedEntries(value)), depth);
  if (value instanceof Set) return redactArray([...value], depth);
  return redactFields(Object.fromEntries(Object.entries(value)), depth);
}

function redactArray(values: readonly unknown[], depth: number): readonly unknown[] {
  const kept = values.slice(0, ENTRIES).map((value) => redact(value, depth + 1));
  return values.length > ENTRIES ? [...kept, `… ${values.length - ENTRIES} more`] : kept;
}

function namedEntries(map: ReadonlyMap<unknown, unknown>): readonly (readonly [string, unknown])[] {
  return Array.from(map, ([key, value]) => [typeof key === 'string' ? key : typeof key, value] as const);
}

function redactFields(fields: Readonly<Record<string, unknown>>, depth: number): Record<string, unknown> {
  const isSecret = fields['kind'] === 'Secret';
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const hidden = namesSecret(name) || (isSecret && (name === 'data' || name === 'stringData'));
      // Whether there is one is worth knowing, and is no secret.
      const absent = value === undefined || value === null || typeof value === 'boolean';
      return [name, hidden && !absent ? REDACTED : redact(value, depth + 1)];
    }),
  );
}

function namesSecret(name: string): boolean {
  return SECRET_NAME.test(name.toLowerCase().replace(/[^a-z0-9]/g, ''));
}
