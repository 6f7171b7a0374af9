/** Whose certificate it is to be, and for what. */
export interface CertificateSubject {
  /** CN: user name, or host name of a server. */
  readonly commonName: string;
  /** O: the user's group. */
  readonly organization?: string;
  readonly usage: readonly ('serverAuth' | 'clientAuth')[];
  /** Subject alternative names of a server: `DNS:…`, `IP:…`. */
  readonly names?: readonly string[];
}

/** Where `openssl req` finds its configuration and leaves what it makes. */
export interface CertificateFiles {
  readonly config: string;
  readonly certificate: string;
  readonly key: string;
}

/** Lab certificates outlive the lab: rotation is a subject of what stands on it, not of the ground. */
export const VALID_DAYS = 3650;

/** Arguments of `openssl` for a new P-256 key, which nobody asks a password for. */
export const NEW_KEY: readonly string[] = [
  '-nodes',
  '-newkey',
  'ec',
  '-pkeyopt',
  'ec_paramgen_curve:prime256v1',
];

/** Configuration of `openssl req` for an authority of that name. */
export function authorityConfig(commonName: string): string {
  return opensslConfig({ CN: commonName }, [
    'basicConstraints = critical, CA:TRUE',
    'keyUsage = critical, keyCertSign, cRLSign',
    'subjectKeyIdentifier = hash',
  ]);
}

/** Configuration of `openssl req` for a certificate signed by an authority. */
export function certificateConfig({ commonName, organization, usage, names }: CertificateSubject): string {
  const subject = { ...(organization === undefined ? {} : { O: organization }), CN: commonName };
  return opensslConfig(subject, [
    'basicConstraints = critical, CA:FALSE',
    'keyUsage = critical, digitalSignature',
    `extendedKeyUsage = ${usage.join(', ')}`,
    ...(names === undefined ? [] : [`subjectAltName = ${names.join(', ')}`]),
  ]);
}

/** Section of those configurations that says what a certificate is for. */
export const EXTENSIONS = 'extensions';

/** Arguments of `openssl` that make a P-256 key and a certificate in one step; signed by itself without an authority. */
export function opensslArguments(
  files: CertificateFiles,
  authority?: Pick<CertificateFiles, 'certificate' | 'key'>,
): string[] {
  return [
    ...['req', '-x509', '-new', ...NEW_KEY, '-days', String(VALID_DAYS)],
    ...['-config', files.config, '-keyout', files.key, '-out', files.certificate],
    ...(authority === undefined ? [] : ['-CA', authority.certificate, '-CAkey', authority.key]),
  ];
}

function opensslConfig(subject: Readonly<Record<string, string>>, extensions: readonly string[]): string {
  return [
    '[req]',
    'prompt = no',
    'distinguished_name = subject',
    `x509_extensions = ${EXTENSIONS}`,
    '[subject]',
    ...Object.entries(subject).map(([field, value]) => `${field} = ${value}`),
    `[${EXTENSIONS}]`,
    ...extensions,
    '',
  ].join('\n');
}
