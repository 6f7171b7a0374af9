import { EvidenceError } from './evidence-error.ts';
import type { JournalFault } from './journal-fault.ts';
import type { JournalHead } from './journal-head.ts';
import type { Witness } from './judge-link.ts';
import type { JournalRecord } from './journal-record.ts';
import { unusable } from './open-folder.ts';
import { readSignedHeads, type SignedHeadFile, verifySignedHead } from './signed-head.ts';
import type { PublicKey } from './signing-key.ts';
import { type ChainVerdict, verifyChain } from './verify-chain.ts';
import { walkRecords } from './walk-records.ts';

/** What a journal is verified against besides itself. */
export interface VerifyOptions {
  /** Whose journal it must be; by default whose the first record says it is. */
  readonly centre?: string | undefined;
  /** Heads from elsewhere: a peer's status, the minutes of a meeting. */
  readonly heads?: readonly JournalHead[];
  /** Keys whose signed heads in the folder are verified. Heads signed by others count as heads that anybody may have put there. */
  readonly keys?: readonly PublicKey[];
  /** Called with each record that holds, for progress. */
  readonly onRecord?: (record: JournalRecord) => void;
}

/** What came out of verifying a journal. */
export interface JournalVerdict extends ChainVerdict {
  /** The last record that a head signed by one of the keys stands for; 0 when none does. */
  readonly signedUpTo: number;
}

/**
 * Verifies a journal's folder, offline and without changing it, from the first record to the last or to the first fault.
 * It may be written to meanwhile.
 * @throws EvidenceError `ZB-EVD-004` when there is no journal in the folder, or it cannot be read
 */
export async function verifyJournal(folder: string, options: VerifyOptions = {}): Promise<JournalVerdict> {
  const { centre, heads = [], keys = [], onRecord = () => undefined } = options;
  try {
    const signed = await readSignedHeads(folder);
    const given = heads.map((head) => ({ ...head, source: 'the head given' }));
    const verdict = await verifyChain(walkRecords(folder), {
      centre,
      witnesses: [...given, ...signed.flatMap(witness)],
      onRecord,
    });
    const fault = verdict.fault ?? forgedHead(signed, verdict.centre, keys);
    const held = signed
      .flatMap(({ head }) => head ?? [])
      .filter(({ sequence }) => sequence <= verdict.records);
    const byKeys = held.filter((head) => keys.some((key) => verifySignedHead(head, key)));
    return { ...verdict, fault, signedUpTo: Math.max(0, ...byKeys.map(({ sequence }) => sequence)) };
  } catch (cause) {
    throw cause instanceof EvidenceError ? cause : unusable(folder, cause);
  }
}

function witness({ path, head }: SignedHeadFile): Witness[] {
  if (head === undefined) return [];
  return [{ sequence: head.sequence, digest: head.digest, source: path }];
}

/** The first signed head that is none, is another centre's, or bears the name of a key that did not sign it. */
function forgedHead(
  signed: readonly SignedHeadFile[],
  centre: string | undefined,
  keys: readonly PublicKey[],
): JournalFault | undefined {
  for (const { path, head } of signed) {
    const fault = (detail: string): JournalFault => ({
      kind: 'forged-head',
      sequence: head?.sequence ?? 0,
      path,
      detail,
    });
    if (head === undefined) return fault('it is no signed head');
    if (centre !== undefined && head.centre !== centre) return fault(`it is of ${head.centre}`);
    const named = keys.find(({ id }) => id === head.signature.keyId);
    if (named !== undefined && !verifySignedHead(head, named)) return fault(`${named.id} did not sign it`);
  }
  return undefined;
}
