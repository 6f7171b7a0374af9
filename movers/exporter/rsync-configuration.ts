import path from 'node:path';
import { EXPORTER_MODULE } from '../../operators/api/layout/exporter.ts';

/** Files of the rsync daemon, all in the scratch folder. */
export function rsyncFiles(scratch: string) {
  return {
    configuration: path.join(scratch, 'rsyncd.conf'),
    /** Patterns that are left out, in rsync's own form. */
    excluded: path.join(scratch, 'excluded'),
    log: path.join(scratch, 'rsync.log'),
    lock: path.join(scratch, 'rsync.lock'),
    /** Link to the folder that is served: rsync would read `%…%` and spaces in its path in a way of its own. */
    root: path.join(scratch, 'root'),
  };
}

/** Transfers at the same time: a real-time leg, a timed leg and a person, with room for a retry beside each. */
const MOST_TRANSFERS = 6;

/** Seconds without a byte after which a transfer is given up. */
const SILENCE = 600;

/**
 * What a reader may ask for. All else is refused: what would write or delete, and what would follow links, read lists of
 * names or write logs on this side.
 */
const ALLOWED = [
  'archive',
  'block-size',
  'bwlimit',
  'checksum',
  'compress',
  'compress-choice',
  'compress-level',
  'devices',
  'dirs',
  'group',
  'hard-links',
  'inplace',
  'links',
  'numeric-ids',
  'owner',
  'partial',
  'perms',
  'recursive',
  'sparse',
  'specials',
  'timeout',
  'times',
  'verbose',
  'whole-file',
];

/**
 * Configuration of an rsync daemon that serves one folder to readers. There is no chroot in a pod without rights; rsync itself
 * follows no link below the folder. Links are told as they are: readers of a copy see what the department sees.
 */
export function rsyncConfiguration(scratch: string): string {
  const { root, excluded, log, lock } = rsyncFiles(scratch);
  return `use chroot = no
log file = ${log}
max connections = ${MOST_TRANSFERS}
lock file = ${lock}
reverse lookup = no

[${EXPORTER_MODULE}]
path = ${root}
read only = yes
write only = no
list = no
numeric ids = yes
munge symlinks = no
timeout = ${SILENCE}
exclude from = ${excluded}
refuse options = * ${ALLOWED.map((option) => `!${option}`).join(' ')}
`;
}

/** The patterns as a file of rules. Each is said to exclude, or `+ x` and `!` would mean something else than a name. */
export function excludeRules(patterns: readonly string[]): string {
  return patterns.map((pattern) => `- ${pattern}\n`).join('');
}
