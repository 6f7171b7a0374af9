import type { Fact } from './fact.ts';

/** Settings of the server that decide whether it can be protected. */
export const SETTINGS = [
  'data_checksums',
  'fsync',
  'full_page_writes',
  'max_replication_slots',
  'max_slot_wal_keep_size',
  'max_wal_senders',
  'synchronous_commit',
  'synchronous_standby_names',
  'wal_level',
  'wal_log_hints',
] as const;

/** Name of one of them. */
export type SettingName = (typeof SETTINGS)[number];

/** Which server it is, and what it does now. */
export interface ServerFacts {
  /** As `server_version_num` has it: 150018 is 15.18. */
  readonly version: number;
  /** Role as which it was read. */
  readonly role: string;
  /** Whether it is a standby. */
  readonly inRecovery: boolean;
  /** Wall-clock milliseconds. */
  readonly startedAt: number;
  /** Bytes of WAL since the beginning of this cluster. */
  readonly walPosition: bigint;
}

/** A replication slot. Slots keep WAL on the source's disk. */
export interface SlotFacts {
  readonly name: string;
  readonly physical: boolean;
  readonly active: boolean;
  /** `reserved`, `extended`, `unreserved`, `lost`; null for one that keeps nothing yet. */
  readonly walStatus: string | null;
  /** Bytes of WAL that it keeps; null for one that keeps nothing yet. */
  readonly retainedBytes: number | null;
  /** Bytes that may be written before it is lost; null without a cap. */
  readonly safeBytes: number | null;
}

/** Somebody who streams WAL. */
export interface WalSenderFacts {
  readonly applicationName: string;
  readonly role: string;
  readonly clientAddress: string | null;
  readonly state: string;
  readonly syncState: string;
  /** Bytes of WAL that it has not flushed yet; null while that is not known, which is not none. */
  readonly unflushedBytes: number | null;
  /** When it last replied, in wall-clock milliseconds. */
  readonly repliedAt: number | null;
}

/** A database of the instance; templates are left out. */
export interface DatabaseFacts {
  readonly name: string;
  readonly bytes: number;
  readonly allowsConnections: boolean;
  /** Version of the collation under which it was made, and the one that the server has now; null where neither has any. */
  readonly collationVersion: string | null;
  readonly actualCollationVersion: string | null;
}

/** A value of `synchronous_commit` that counts for a role, a database, or one in the other. */
export interface CommitOverride {
  readonly role: string | null;
  readonly database: string | null;
  readonly value: string;
}

/** Versions of the libraries that order texts: a copy under another one has broken indexes. */
export interface LibraryFacts {
  readonly libc: string | null;
  readonly icu: string | null;
}

/** Who the cluster is: the same for a source and its physical copies. */
export interface ControlFacts {
  readonly systemIdentifier: string;
  readonly timeline: number;
}

/** What was read of a PostgreSQL instance at one time. What could not be read is unknown, and unknown is never fine. */
export interface PostgresFacts {
  /** When reading began, in wall-clock milliseconds of the reader. */
  readonly takenAt: number;
  readonly server: Fact<ServerFacts>;
  readonly settings: Readonly<Record<SettingName, Fact<string>>>;
  readonly control: Fact<ControlFacts>;
  readonly slots: Fact<readonly SlotFacts[]>;
  readonly walSenders: Fact<readonly WalSenderFacts[]>;
  readonly databases: Fact<readonly DatabaseFacts[]>;
  readonly libraries: Fact<LibraryFacts>;
  readonly commitOverrides: Fact<readonly CommitOverride[]>;
  /** Bytes of WAL files on the source's disk. */
  readonly walBytes: Fact<number>;
  /** Bytes still free for WAL. No SQL tells the free space of a file system: always unknown, and not judged. */
  readonly freeWalBytes: Fact<number>;
  /** When the certificate expires that the server showed, in wall-clock milliseconds. */
  readonly certificateExpires: Fact<number>;
}
