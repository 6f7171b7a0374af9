import { EvidenceError } from './evidence-error.ts';

/** Names under which credentials are kept, in any spelling: `dbPassword`, `ACCESS_TOKEN`, `client-secret`. */
const SECRET_NAMES =
  /passw(or)?d|passphrase|pwd$|token$|secret$|private-?_?key|access-?_?key|api-?_?key|credential|authorization|cookie/i;

/** Ends of names that say where a credential is, not what it is: `passwordSecretRef`, `tokenSecretName`, `keyId`. */
const REFERENCE_NAMES = /(ref|name|id|path|file|digest)$/i;

/** Name of a Kubernetes Secret, as our kinds write it in `secret: backup-key`. */
const NAME_OF_SECRET = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

/**
 * What credentials look like wherever they stand, with the words for the message. Whatever may stand before what decides is
 * bounded, so that a long text is looked through in time that grows with its length.
 */
const SECRET_VALUES: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
  [/\beyJ[\w-]{8,1000}\.[\w-]{8,4000}\./, 'a token (JWT)'],
  [/\b(bearer|basic)\s+[\w.~+/-]{20,}=*/i, 'an Authorization header'],
  [/\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/@:]{0,300}:[^\s/@]{1,300}@/i, 'a URL with a password'],
  [/\b(password|passwd|pwd|token|secret)=\S/i, 'a password or token'],
  [/\bAGE-SECRET-KEY-1[0-9A-Z]{10}/, 'an age key'],
];

/**
 * Refuses what looks like a secret in a record: journals are read by auditors, copied and kept for years, and nothing can be
 * taken out of one again. It is the last net, not the first: it knows looks, and a password of plain letters has none.
 * @throws EvidenceError `ZB-EVD-002`, which names the place and never the value
 */
export function refuseSecrets(value: unknown, at = '$'): void {
  if (typeof value === 'string') {
    const looks = SECRET_VALUES.find(([pattern]) => pattern.test(value));
    if (looks !== undefined) throw secretAt(at, looks[1]);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    const place = Array.isArray(value) ? `${at}[${name}]` : `${at}.${name}`;
    // A name may itself be the secret (a map from token to user), and then the place must not be told.
    refuseSecrets(name, `a name in ${at}`);
    if (holdsSecret(name, member)) throw secretAt(place, 'a credential, by its name');
    refuseSecrets(member, place);
  }
}

/** Whether a member is a credential by its name. Objects are not: they are looked into. */
function holdsSecret(name: string, value: unknown): boolean {
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  if (value === '' || REFERENCE_NAMES.test(name) || !SECRET_NAMES.test(name)) return false;
  return !(name === 'secret' && typeof value === 'string' && NAME_OF_SECRET.test(value));
}

function secretAt(place: string, looks: string): EvidenceError {
  return new EvidenceError(
    'ZB-EVD-002',
    `${place}: this looks like ${looks}, and nothing can be taken out of a journal again; write its name or a digest instead`,
  );
}
