/** What other parts of zaibei use of evidence: digests, canonical JSON, and the journal. */
export { canonicalJson } from './canonical-json.ts';
export { DIGEST_ALGORITHMS } from '../api/values/digest.ts';
export { digestOf, parseDigest, type Digest, type DigestAlgorithm } from './digest.ts';
export { EvidenceError, type EvidenceErrorCode } from './evidence-error.ts';
export { formatHead, parseHead, type JournalHead } from './journal-head.ts';
export { openJournal, type JournalOptions } from './file-journal.ts';
export { FAULTS, type FaultKind, type JournalFault } from './journal-fault.ts';
export type { JournalRecord, ObjectReference } from './journal-record.ts';
export type { Journal, JournalEntry } from './journal.ts';
export { meterJournal } from './metered-journal.ts';
export { readRecords, type ReadRecord } from './read-records.ts';
export { RECORD_KINDS, type RecordKind } from './record-kind.ts';
export { recordPath } from './record-path.ts';
export { referenceTo, type NamedObject } from './reference-to.ts';
export { keepSignedHead, signHead, verifySignedHead, type SignedHead } from './signed-head.ts';
export { signValue, verifyValue, type Signature } from './signature.ts';
export {
  readPrivateKey,
  readPublicKey,
  type PrivateKey,
  type PublicKey,
  type SignatureAlgorithm,
} from './signing-key.ts';
export { verifyJournal, type JournalVerdict, type VerifyOptions } from './verify-journal.ts';
export { lastSequence } from './walk-records.ts';
