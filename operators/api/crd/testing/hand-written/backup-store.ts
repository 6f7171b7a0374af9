import type { HandWritten } from './hand-written.ts';

/** What people write into a BackupStore, well and badly. */
export const backupStoreChanges: readonly HandWritten[] = [
  ['an object store', 'spec.location', { s3: { host: 's3.example', bucket: 'backups' } }, true],
  [
    'an object store on a port of its own',
    'spec.location',
    { s3: { host: 's3.example', port: 9000, bucket: 'b' } },
    true,
  ],
  ['no place', 'spec.location', {}, false],
  ['two places', 'spec.location.s3', { host: 's3.example', bucket: 'backups' }, false],
  [
    'an object store by URL',
    'spec.location',
    { s3: { host: 'https://s3.example', bucket: 'backups' } },
    false,
  ],
  ['an object store without bucket', 'spec.location', { s3: { host: 's3.example' } }, false],
  ['a path for a volume', 'spec.location', { volume: '/mnt/backups' }, false],
  ['an engine that is none yet', 'spec.engine', 'borg', false],
  ['no key', 'spec.key', undefined, false],
  ['the key itself, which stands in a Secret', 'spec.key.value', 'geheim', false],
  ['a national algorithm', 'spec.key.algorithm', 'SM4', true],
  ['an algorithm of one’s own', 'spec.key.algorithm', 'aes256', false],
  ['not sealed', 'spec.immutability', undefined, false],
  ['sealed by the object store', 'spec.immutability.mode', 'object-lock', true],
  ['sealed by promise', 'spec.immutability.mode', 'none', false],
  ['an age in months', 'spec.immutability.minimumAge', '1mo', false],
  ['keeping no verified copy', 'spec.immutability.keepVerified', 0, false],
  ['a capacity in TB', 'spec.capacity', '40TB', false],
  ['no capacity', 'spec.capacity', undefined, false],
  ['no centre', 'spec.centre', undefined, false],
  ['two centres', 'spec.centre', 'remote-dr,local-dr', false],
];
