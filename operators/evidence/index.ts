/** What other parts of zaibei use of evidence: digests, canonical JSON, and the journal. */
export { canonicalJson } from './canonical-json.ts';
export { DIGEST_ALGORITHMS, digestOf, parseDigest, type Digest, type DigestAlgorithm } from './digest.ts';
export { EvidenceError, type EvidenceErrorCode } from './evidence-error.ts';
export { formatHead, parseHead, type JournalHead } from './journal-head.ts';
export type { JournalRecord, ObjectReference } from './journal-record.ts';
export type { Journal, JournalEntry } from './journal.ts';
export { RECORD_KINDS, type RecordKind } from './record-kind.ts';
