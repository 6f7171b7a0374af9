/** What other parts of zaibei use of evidence: digests, canonical JSON, and the journal. */
export { canonicalJson } from './canonical-json.ts';
export { digestOf, type Digest } from './digest.ts';
export { EvidenceError } from './evidence-error.ts';
export { openJournal } from './file-journal.ts';
export { FAULTS } from './journal-fault.ts';
export { formatHead, type JournalHead } from './journal-head.ts';
export type { JournalRecord, ObjectReference } from './journal-record.ts';
export type { Journal, JournalEntry } from './journal.ts';
export { meterJournal } from './metered-journal.ts';
export { readRecords } from './read-records.ts';
export { RECORD_KINDS, type RecordKind } from './record-kind.ts';
export { recordPath } from './record-path.ts';
export { referenceTo } from './reference-to.ts';
export { keepSignedHead, signHead } from './signed-head.ts';
export { readPrivateKey, readPublicKey } from './signing-key.ts';
export { verifyJournal, type JournalVerdict, type VerifyOptions } from './verify-journal.ts';
export { lastSequence } from './walk-records.ts';
