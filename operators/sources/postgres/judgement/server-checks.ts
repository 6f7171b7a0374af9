import { valueOf } from '../facts/fact.ts';
import type { PostgresFacts } from '../facts/postgres-facts.ts';
import { findingsOf, type SourceFinding } from './source-finding.ts';

/** Major versions that are protected: older ones cannot give the right to single parameters, newer ones nobody has tried. */
export const MAJOR_VERSIONS = { oldest: 15, newest: 17 } as const;

/** Certificates that end within this time are told of, in milliseconds: 30 days. */
const CERTIFICATE_NOTICE = 30 * 86_400_000;

const error = findingsOf('error');
const warning = findingsOf('warning');

/** What a server has to be. Each returns nothing where the fact is not known: that is told elsewhere, for all of them. */
export const SERVER_CHECKS: readonly ((facts: PostgresFacts) => SourceFinding[])[] = [
  ({ server }) => {
    const version = valueOf(server)?.version;
    if (version === undefined) return [];
    const major = Math.floor(version / 10_000);
    const { oldest, newest } = MAJOR_VERSIONS;
    if (major >= oldest && major <= newest) return [];
    const message = `The server is PostgreSQL ${major}; protected are ${oldest} to ${newest}.`;
    return [error('WrongVersion', message, `Bring the database to PostgreSQL ${newest}.`)];
  },
  ({ server }) =>
    valueOf(server)?.inRecovery === true
      ? [
          error(
            'IsStandby',
            'The server is itself a standby: what it has may be old, and it cannot be written.',
            'Let spec.postgres.endpoint name the primary.',
          ),
        ]
      : [],
  ({ settings: { data_checksums, wal_log_hints } }) => {
    if (valueOf(data_checksums) !== 'off') return [];
    if (valueOf(wal_log_hints) === 'on') {
      return [
        warning(
          'ChecksumsOff',
          'Pages have no checksums: damage on disk is copied without a word.',
          'Stop the database at a quiet hour and run pg_checksums --enable.',
        ),
      ];
    }
    if (valueOf(wal_log_hints) === undefined) return [];
    return [
      error(
        'ChecksumsOff',
        'Pages have no checksums, and wal_log_hints is off: damage on disk is copied without a word, and an old primary cannot be rewound.',
        'Stop the database at a quiet hour and run pg_checksums --enable; or set wal_log_hints = on and restart it.',
      ),
    ];
  },
  offIsAnError('fsync', 'what is committed may be gone after a power cut'),
  offIsAnError('full_page_writes', 'a copy that is made while it writes may hold torn pages'),
  ({ settings }) =>
    valueOf(settings.wal_level) === 'minimal'
      ? [
          error(
            'WalLevelTooLow',
            'wal_level is minimal: nothing can be streamed from this server.',
            'Set wal_level = replica and restart the database.',
          ),
        ]
      : [],
  ({ certificateExpires, takenAt }) => {
    const expires = valueOf(certificateExpires);
    if (expires === undefined || expires - takenAt > CERTIFICATE_NOTICE) return [];
    return [
      warning(
        'CertificateExpires',
        `The certificate of the server ends on ${new Date(expires).toISOString().slice(0, 10)}: then nothing is copied any more.`,
        'Renew it; PostgreSQL takes a new one up at a reload.',
      ),
    ];
  },
];

function offIsAnError(name: 'fsync' | 'full_page_writes', because: string) {
  return ({ settings }: PostgresFacts): SourceFinding[] =>
    valueOf(settings[name]) === 'off'
      ? [error('UnsafeWrites', `${name} is off: ${because}.`, `Set ${name} = on and reload the server.`)]
      : [];
}
